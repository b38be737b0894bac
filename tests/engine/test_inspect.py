"""What is told of a resource's fields beside the findings of rules."""

from __future__ import annotations

import pytest

from specstat.engine.check import Settings, check_file, levels_of
from specstat.model.diagnostic import Severity
from specstat.model.evidence import NEIGHBOURS
from specstat.model.evidence import Test as PlacementTest

API = """\
syntax = "proto3";
package acme.v1;
message Job {
  string api_version = 1;
  JobSpec spec = 2;
  JobStatus status = 3;
}
message JobSpec { int32 size = 1; }
message JobStatus {
  int32 current_size = 1; // specstat: echo-of=spec.size
}
"""
UNKNOWN = """\
syntax = "proto3";
package acme.v1;
message Job {
  string api_version = 1;
  acme.lib.JobSpec spec = 2;
  JobStatus status = 3;
}
message JobStatus {
  // Token that the runner has to present when it reports completion to the caller.
  bytes callback_token = 1;
}
"""


def told(text: str, *, ignore: tuple[str, ...] = ()) -> list[str]:
    report = check_file("nowhere/api.proto", text.encode(), Settings(levels_of((), ignore)))
    return [f"{d.code} {d.message}" for d in report.diagnostics if d.severity > Severity.INFO]


def test_an_echo_of_a_field_is_silent() -> None:
    assert told(API) == []


@pytest.mark.parametrize(
    ("path", "hint"),
    [("spec.sze", "; did you mean spec.size?"), ("metadata.annotations", "")],
)
def test_an_echo_of_no_field_is_told_with_the_nearest(path: str, hint: str) -> None:
    said = told(API.replace("echo-of=spec.size", f"echo-of={path}"))

    assert said == [f"SS005 status.current_size: echo-of={path} names no field of Job{hint}"]


def test_an_echo_of_no_field_can_be_ignored() -> None:
    assert told(API.replace("spec.size", "spec.sze"), ignore=("SS005",)) == []


def test_a_section_whose_type_cannot_be_found_may_hold_any_field() -> None:
    status = "// Where it stands.\n  string phase = 1; // specstat: echo-of=spec.phase\n}\n"

    assert told(UNKNOWN[: UNKNOWN.index("// Token")] + status) == []


def test_a_section_whose_type_cannot_be_found_is_still_a_place_to_be_in() -> None:
    (said,) = told(UNKNOWN)

    assert said.startswith("SS101 Job.status.callback_token belongs in spec")


NODES = """\
syntax = "proto3";
package acme.v1;
message Pool {{
  string api_version = 1;
  PoolSpec spec = 2;
  PoolStatus status = 3;
}}
message PoolSpec {{ int32 size = 1; string image = 2; {in_spec} }}
message PoolStatus {{ int32 ready_nodes = 1; int32 failed_nodes = 2; string phase = 3; }}
"""


def evidence(in_spec: str) -> list[str]:
    text = NODES.format(in_spec=in_spec)
    report = check_file("nowhere/api.proto", text.encode(), Settings())
    return [
        clue.evidence.reason
        for d in report.diagnostics
        if d.subject == "Pool.spec.lost_nodes"
        for clue in d.clues
    ]


def test_neighbours_are_one_line_of_the_evidence() -> None:
    told = [line for line in evidence("int32 lost_nodes = 3;") if "ready_nodes" in line]

    names = "(ready_nodes, failed_nodes)"
    assert told == [f'"node" is in the names of 2 fields of status {names}, and of none of spec']


def test_neighbours_are_not_asked_about_what_the_author_declares() -> None:
    declared = "int32 lost_nodes = 3; // specstat: purpose=observation\n"

    assert evidence(declared) == ["the author declares purpose=observation"]


def test_neighbours_belong_to_the_purpose_test_and_are_silent_without_it() -> None:
    text = NODES.format(in_spec="int32 lost_nodes = 3;")
    settings = Settings(tests=(PlacementTest.INPUT_OUTPUT, PlacementTest.IMMUTABILITY))
    report = check_file("nowhere/api.proto", text.encode(), settings)

    said = [clue.evidence.signal for d in report.diagnostics for clue in d.clues]
    assert NEIGHBOURS not in said
