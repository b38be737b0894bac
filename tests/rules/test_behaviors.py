"""What is declared of proto fields: contradictions are told once, and where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from specstat.engine.check import Settings, levels_of
from specstat.engine.discover import discover
from specstat.engine.run import Run, lint
from specstat.model.diagnostic import Diagnostic, Severity
from specstat.model.source import Source
from specstat.readers import proto
from specstat.readers.protofiles import Disk
from specstat.rules import behaviors, shape
from tests.readers import descriptorsets

HEAD = 'syntax = "proto3";\npackage example.mills.v1;\n'
KIND = "message Mill { string api_version = 1; MillSpec spec = 2; MillStatus status = 3; }\n"
OUTPUT = "[(google.api.field_behavior) = OUTPUT_ONLY]"
INPUT = "[(google.api.field_behavior) = INPUT_ONLY]"


def linted(folder: Path, *codes: str, only: str = "", **files: str) -> Run:
    """What the rules of these codes tell of files made of these messages."""
    for name, body in files.items():
        imports = "".join(f'import "{other}.proto";\n' for other in files if other != name)
        (folder / f"{name}.proto").write_text(HEAD + imports + body, encoding="utf-8")
    wanted = str(folder / only) if only else str(folder)
    return lint(discover([wanted]), Settings({c: levels_of(codes)[c] for c in codes}))


def told(run: Run) -> dict[str, Diagnostic]:
    return {d.subject: d for d in run.diagnostics}


def test_of_nested_declarations_the_outermost_is_told(tmp_path: Path) -> None:
    body = f"""
    message MillSpec {{ Stone stone = 1 {OUTPUT}; Sail sail = 2; }}
    message Stone {{ int32 turns = 1 {OUTPUT}; }}
    message Sail {{ int32 angle = 1 {OUTPUT}; Cloth cloth = 2; }}
    message Cloth {{ string wear = 1 {OUTPUT}; }}
    message MillStatus {{ string phase = 1; }}
    """

    assert set(told(linted(tmp_path, "SS421", mill=KIND + body))) == {
        "Mill.spec.stone",
        "Mill.spec.sail.angle",
        "Mill.spec.sail.cloth.wear",
    }


def test_a_message_that_stands_in_several_places_is_told_of_once(tmp_path: Path) -> None:
    body = f"""
    message MillSpec {{ Sail first = 1; Sail second = 2; repeated Sail more = 3; }}
    message Sail {{ int32 angle = 1 {OUTPUT}; }}
    message MillStatus {{ string phase = 1; }}
    """

    assert set(told(linted(tmp_path, "SS421", mill=KIND + body))) == {"Mill.spec.first.angle"}


@pytest.mark.parametrize("code", ["SS421", "SS321"])
def test_what_stands_in_both_sections_is_passed_over(tmp_path: Path, code: str) -> None:
    body = f"""
    message MillSpec {{ Sail sail = 1; }}
    message MillStatus {{ Sail sail = 1; }}
    message Sail {{ int32 angle = 1 {OUTPUT}; int32 wish = 2 {INPUT}; }}
    """

    assert told(linted(tmp_path, code, mill=KIND + body)) == {}


def test_a_file_that_holds_only_the_spec_hears_the_same_alone(tmp_path: Path) -> None:
    spec = f"message MillSpec {{ int32 vent = 1 {OUTPUT}; }}\n"
    status = f"message MillStatus {{ string remark = 1 {INPUT}; }}\n"
    files = {"mill": KIND, "spec": spec, "status": status}
    codes = ("SS421", "SS321", "SS501")

    whole = told(linted(tmp_path, *codes, **files))
    alone = told(linted(tmp_path, *codes, only="spec.proto"))

    assert set(whole) == {"Mill.spec.vent", "Mill.status.remark"}
    assert alone == {"Mill.spec.vent": whole["Mill.spec.vent"]}


def test_lone_halves_are_heard_too(tmp_path: Path) -> None:
    body = f"message MillSpec {{ int32 vent = 1 {OUTPUT}; }}\n"

    assert set(told(linted(tmp_path, "SS421", mill=body))) == {"Mill.spec.vent"}


def test_behaviors_are_read_and_crds_have_none(tmp_path: Path) -> None:
    text = f"{HEAD}{KIND}message MillSpec {{ int32 vent = 1 {OUTPUT}; }} message MillStatus {{}}"
    source = Source(str(tmp_path / "mill.proto"), text)
    (resource,) = proto.read(source, Disk()).resources
    (vent,) = behaviors.settable(resource)

    assert behaviors.of(vent) == {behaviors.OUTPUT_ONLY}
    assert shape.is_proto(resource)


def test_a_spec_that_looks_like_a_pod_is_looked_through(tmp_path: Path) -> None:
    body = f"""
    message Mill {{ Meta metadata = 1; MillSpec spec = 2; MillStatus status = 3; }}
    message Meta {{ string name = 1; }}
    message MillSpec {{ repeated Box containers = 1; int32 vent = 2 {OUTPUT}; }}
    message Box {{ string password = 1; }}
    message MillStatus {{ string phase = 1; }}
    """
    run = linted(tmp_path, "SS421", "SS424", mill=body)

    assert set(told(run)) == {"Mill.spec.vent", "Mill.spec.containers[].password"}


@pytest.mark.parametrize("places", [True, False])
def test_a_descriptor_set_tells_the_same_with_and_without_places(
    tmp_path: Path, *, places: bool
) -> None:
    option = """
    syntax = "proto2";
    package google.api;
    import "google/protobuf/descriptor.proto";
    extend google.protobuf.FieldOptions { repeated FieldBehavior field_behavior = 1052; }
    enum FieldBehavior { OPTIONAL = 1; OUTPUT_ONLY = 3; }
    """
    body = f"""
    import "field_behavior.proto";
    message MillSpec {{ int32 vent = 1 {OUTPUT}; Sail sail = 2; }}
    message Sail {{ int32 angle = 1 {OUTPUT}; int32 wear = 2 {OUTPUT}; }}
    message MillStatus {{ string phase = 1; }}
    """
    made = descriptorsets.made(
        HEAD + KIND + body, tmp_path, places=places, more={"field_behavior.proto": option}
    )
    path = tmp_path / "mill.binpb"
    path.write_bytes(descriptorsets.serialized(made.values()))
    run = lint(discover([str(path)]), Settings({"SS421": Severity.WARNING}))

    assert set(told(run)) == {"Mill.spec.vent", "Mill.spec.sail.angle", "Mill.spec.sail.wear"}
