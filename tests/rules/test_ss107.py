"""When a field that stands in both sections is a copied instruction, and when it is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from specstat.model.diagnostic import Location
from specstat.model.directives import Declared
from specstat.model.evidence import Verdict
from specstat.model.resource import Field, Scale, Section
from specstat.rules import ss107_instruction_copied_into_status as ss107
from specstat.rules.sighting import sight
from tests.rules.family import ORDER, OTHER, REWORDED, Kind, loudness, together
from tests.rules.made import FACTS, context, field, heard, order, resource, verdict

SUBJECT = "AgentRun.status.callbackToken"
AGENT = Kind("AgentRun", spec=REWORDED, status=ORDER)
FLOW = Kind("FlowRun", spec=REWORDED)

INPUT = verdict(Section.SPEC, 0.97)._replace(account=heard(order(3.0)))
TOKEN = field("status.token_to_return", "Token to present.")
TWIN = field("spec.token_to_return", "Token to present.")


def found(status: Field = TOKEN, twin: Field = TWIN, said: Verdict = INPUT) -> list[str]:
    """How loud SS107 may be on a field of status beside this one of spec, by itself."""
    of = resource(twin, "spec.input", status, "status.phase")
    return [f.at_most.word for f in ss107.check(context(of, status.path, said))]


def test_a_copied_order_is_an_error_where_the_family_keeps_it_in_spec_alone(
    tmp_path: Path,
) -> None:
    (finding,) = together(tmp_path, AGENT, FLOW)

    assert (finding.code, finding.severity.word, finding.subject) == ("SS107", "error", SUBJECT)
    assert [other.subject for other in finding.elsewhere] == [
        "AgentRun.spec.callbackToken",
        "FlowRun.spec.callbackToken",
    ]
    assert [Path(other.location.file).name for other in finding.elsewhere] == ["0.json", "1.json"]
    assert finding.help[0].startswith("spec already carries it: mark this one deprecated")
    assert finding.answers


@pytest.mark.parametrize(
    "others",
    [
        pytest.param((), id="nobody"),
        pytest.param((replace(FLOW, group="other.example.com"),), id="another group"),
        pytest.param((replace(FLOW, field="answerToken"),), id="another name"),
        pytest.param((replace(FLOW, spec=OTHER),), id="another meaning"),
        pytest.param((replace(FLOW, status=ORDER),), id="a copy there, too"),
        pytest.param((Kind("FlowRun", status=ORDER),), id="status there"),
        pytest.param((AGENT,), id="the same kind again"),
        pytest.param((Kind("AgentRun", spec=REWORDED),), id="the same kind without it"),
    ],
)
def test_without_such_a_relative_it_is_info(tmp_path: Path, others: tuple[Kind, ...]) -> None:
    assert loudness(together(tmp_path, AGENT, *others), "SS107").get(SUBJECT) == "info"


def test_a_declared_copy_is_an_error_by_itself(tmp_path: Path) -> None:
    declared = replace(AGENT, status=f"{ORDER}\nspecstat: purpose=instruction")

    (finding,) = together(tmp_path, declared)

    assert {finding.code, *finding.also} >= {"SS104", "SS107"}
    assert finding.severity.word == "error"
    assert [other.subject for other in finding.elsewhere] == ["AgentRun.spec.callbackToken"]
    assert finding.help[0].startswith("spec already carries it")


@pytest.mark.parametrize("purpose", ["observation", "allocation", "identity"])
def test_the_author_can_say_that_it_is_none(tmp_path: Path, purpose: str) -> None:
    declared = replace(AGENT, status=f"{ORDER}\nspecstat: purpose={purpose}")

    assert loudness(together(tmp_path, declared, FLOW), "SS107") == {}


@pytest.mark.parametrize(
    "status",
    [
        "The token in use: hand it over when closing the pending activity, it is resolved anew.",
        "The token that was last applied. The worker has to present it along with the result.",
        "Token currently in effect. The worker has to present it along with the result.",
        "See spec.callbackToken. The worker has to present it along with the result.",
        "The token of the spec, which the worker has to present along with the result.",
        "Copied from what was asked. The worker has to present it along with the result.",
    ],
)
def test_what_observes_resolves_or_refers_is_silent(tmp_path: Path, status: str) -> None:
    assert loudness(together(tmp_path, replace(AGENT, status=status), FLOW), "SS107") == {}


def test_a_mirror_is_silent(tmp_path: Path) -> None:
    echo = tuple(f"{s}.{n}" for s in ("spec", "status") for n in ("workQueue", "retryBudget"))

    told = loudness(together(tmp_path, replace(AGENT, more=echo), FLOW), "SS107")

    assert told == {}


def test_an_order_on_a_pair_is_info_by_itself() -> None:
    assert found() == ["info"]


@pytest.mark.parametrize(
    ("status", "twin"),
    [
        pytest.param(replace(TOKEN, type="object"), TWIN, id="types differ"),
        pytest.param(replace(TOKEN, children=(field("status.x"),)), TWIN, id="shapes differ"),
        pytest.param(TOKEN, replace(TWIN, has_default=True), id="defaulted"),
        pytest.param(
            TOKEN, replace(TWIN, description="Token. One is generated if absent."), id="generated"
        ),
        pytest.param(
            TOKEN, replace(TWIN, description="Token; the status tells it."), id="points to status"
        ),
        pytest.param(
            replace(TOKEN, declared=Declared(echo_of="spec.token_to_return")), TWIN, id="an echo"
        ),
        pytest.param(field("status.image", "Image to run."), field("spec.image"), id="generic"),
        pytest.param(
            field("status.secret_name", "Secret to use."), field("spec.secret_name"), id="generic 2"
        ),
        pytest.param(field("status.token_to_return"), TWIN, id="undescribed"),
        pytest.param(TOKEN, field("spec.another", "Token to present."), id="no pair"),
    ],
)
def test_pairs_that_are_no_copies_are_silent(status: Field, twin: Field) -> None:
    assert found(status, twin) == []


def test_many_orders_in_status_and_scale_paths_are_silent() -> None:
    pair = (TWIN, TOKEN, "status.order", "status.wish")
    others = {"status.order": INPUT, "status.wish": INPUT}
    scaled = replace(FACTS, scale=Scale(status_replicas=TOKEN.path))

    assert list(ss107.check(context(resource(*pair), TOKEN.path, INPUT)))
    assert not list(ss107.check(context(resource(*pair), TOKEN.path, INPUT, others)))
    assert not list(ss107.check(context(resource(*pair, facts=scaled), TOKEN.path, INPUT)))


def test_who_sets_the_one_in_spec_does_not_matter() -> None:
    by_whom = replace(TWIN, description="Token to present. Generated by the server.")

    assert found(twin=by_whom) == ["info"]


def test_what_is_no_order_is_silent() -> None:
    assert found(said=verdict(Section.SPEC, 0.99)) == []
    assert found(said=verdict(Section.STATUS, 0.99)) == []
    assert found(said=verdict(Section.METADATA, 0.99)) == []


@pytest.mark.parametrize(("confidence", "loud"), [(0.97, "error"), (0.85, "warning")])
def test_a_weaker_verdict_is_a_warning(confidence: float, loud: str) -> None:
    place = Location("a.yaml", 1, 1, 1, 2)
    said = replace(TOKEN, description=ORDER), replace(TWIN, description=REWORDED)
    own = sight(resource(*said), said[0], verdict(Section.SPEC, confidence), place)
    relative = sight(resource(said[1]), said[1], verdict(Section.SPEC), place)

    severity = ss107.confirm(own, relative._replace(kind="Other"))

    assert severity is not None
    assert severity.word == loud
    assert ss107.confirm(own, relative._replace(type="object")) is None
    assert ss107.confirm(own, relative._replace(shape=1)) is None
    assert ss107.confirm(own, relative._replace(section=Section.STATUS)) is None
    assert ss107.confirm(own, relative._replace(said=frozenset())) is None
