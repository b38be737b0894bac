"""What the fields around a field tell of it, and how little they may say."""

from __future__ import annotations

import math

import pytest

from specstat.judge import neighbours
from specstat.judge.around import Around, Neighbour, around
from specstat.judge.neighbours import Fact, FactWeights
from specstat.model.evidence import Verdict
from specstat.model.resource import Field, Section
from tests.rules.made import field, verdict

NODES: list[Field | str] = [f"node{letter}" for letter in "BCDEFGHIJKLMNOPQRSTUVWXYZ"]
EACH = FactWeights(3.0, {"words": 2.0, "described": 1.0})


def side(section: Section, *fields: Field | str, log_odds: float = 0.0) -> list[Neighbour]:
    made = [field(f"{section}.{f}") if isinstance(f, str) else f for f in fields]
    return [Neighbour(f, log_odds) for f in made]


def resource(spec: list[Field | str], status: list[Field | str]) -> Around:
    found = around(side(Section.SPEC, *spec), side(Section.STATUS, *status))
    assert found is not None
    return found


def value(name: str, of: Field, beside: Around) -> float:
    return next(f.value for f in neighbours.facts(of, beside) if f.name == name)


def reason(name: str, of: Field, beside: Around) -> str:
    return next(f.reason for f in neighbours.facts(of, beside) if f.name == name)


def test_a_resource_with_one_section_has_no_neighbours() -> None:
    assert around(side(Section.SPEC, "size"), []) is None
    assert around([], side(Section.STATUS, "phase")) is None


def test_words_shared_with_a_section_speak_for_it_and_are_quoted() -> None:
    of = resource(["size", "image"], ["readyNodes", "failedNodes", "phase"])
    one = field("spec.lostNodes")

    assert value("words", one, of) > 0
    assert reason("words", one, of) == (
        '"node" is in the names of 2 fields of status (readyNodes, failedNodes), and of none of '
        "spec"
    )
    assert value("words", field("status.imageTag"), of) < 0
    assert value("words", field("spec.unheardOf"), of) == 0


def test_a_field_is_no_neighbour_of_itself() -> None:
    of = resource(["size", "lostNodes"], ["phase", "ready"])

    assert value("words", field("spec.lostNodes"), of) == 0
    assert value("echoes", field("spec.lostNodes"), of) == 0


def test_the_section_that_a_field_stands_in_is_not_looked_at() -> None:
    of = resource(["size", "image"], ["readyNodes", "phase"])
    one, moved = field("spec.lostNodes", "Lost."), field("status.lostNodes", "Lost.")

    assert neighbours.facts(one, of) == neighbours.facts(moved, of)


def test_the_order_of_the_fields_does_not_matter() -> None:
    spec: list[Field | str] = ["size", "image"]
    status: list[Field | str] = ["readyNodes", "phase", "failedNodes"]
    one = field("spec.lostNodes", "Number of nodes that were lost.")
    values = [
        [f.value for f in neighbours.facts(one, of)]
        for of in (resource(spec, status), resource(spec[::-1], status[::-1]))
    ]

    assert values[0] == pytest.approx(values[1])


@pytest.mark.parametrize(
    ("in_spec", "in_status"),
    [("vip", "vips"), ("networkDataName", "networkData"), ("replicas", "readyReplicas")],
)
def test_a_field_of_status_echoes_one_of_spec(in_spec: str, in_status: str) -> None:
    of = resource([in_spec, "size"], [in_status, "phase"])
    asked, told = field(f"spec.{in_spec}"), field(f"status.{in_status}")

    assert reason("echoes", told, of).endswith(f"spec.{in_spec}")
    assert reason("echoed", asked, of).startswith(f"status.{in_status}")
    assert value("echoes", told, of) == value("echoed", asked, of) == 1
    assert value("echoes", field("status.phase"), of) == 0


def test_an_acknowledgement_speaks_for_status_and_what_it_acknowledges_for_spec() -> None:
    of = resource(["restartAt", "size"], ["restartedAt", "phase"])

    assert value("acknowledges", field("status.restartedAt"), of) == 1
    assert reason("acknowledged", field("spec.restartAt"), of) == (
        "status.restartedAt acknowledges it"
    )
    assert value("acknowledged", field("spec.size"), of) == 0


def test_what_is_described_where_its_neighbours_are_fits_there() -> None:
    told: list[Field | str] = [field(f"spec.{n}", "Words of it.") for n in "abc"]
    of = resource(told, ["x", "y", "z"])

    assert value("described", field("status.late", "Told."), of) < 0
    assert value("described", field("spec.late"), of) > 0
    assert reason("described", field("spec.late"), of) == (
        "like it, 3 of 3 fields of status have no description, and 0 of 3 of spec"
    )


@pytest.mark.parametrize("section", [Section.SPEC, Section.STATUS])
def test_reading_like_the_other_section_means_less_where_neighbours_do(section: Section) -> None:
    def company(of_spec: float, of_status: float) -> float:
        spec = side(Section.SPEC, "a", "b", log_odds=of_spec)
        of = around(spec, side(Section.STATUS, "c", "d", log_odds=of_status))
        assert of is not None
        return value("company", field(f"{section}.e"), of)

    assert company(3, 3) > company(-3, 3) > company(-3, -3)


def test_fields_of_both_sections_count_as_repeated_and_for_nothing_else() -> None:
    of = resource(["nodePool", "size"], ["node_pool", "phase"])

    assert of.both == {"nodepool"}
    assert value("words", field("spec.nodeCount"), of) == 0
    assert value("mirror", field("spec.nodeCount"), of) > 0


@pytest.mark.parametrize("own", [-2.0, -0.3, 0.3, 2.0])
def test_neighbours_never_say_more_than_the_field_itself(own: float) -> None:
    of = resource(["size", "image"], NODES)
    said = neighbours.weighed(neighbours.facts(field("spec.nodeA"), of), EACH, own)

    assert said
    assert said.toward is Section.STATUS
    assert said.weight <= min(abs(own), EACH.cap)


def test_all_facts_together_are_one_line_that_quotes_the_strongest() -> None:
    of = resource(["size", "image"], ["readyNodes", "failedNodes", "phase"])
    said = neighbours.weighed(neighbours.facts(field("spec.lostNodes"), of), EACH, 5.0)

    assert said
    assert said.reason.startswith('"node" is in the names of 2 fields of status')


def test_the_reason_backs_what_all_facts_say_together() -> None:
    words, company = Fact("words", 1.0, "words"), Fact("company", 2.0, "company")
    by = FactWeights(3.0, {"words": 1.0, "company": -2.0})

    alone = neighbours.weighed([words, company], by, 5.0)
    backed = neighbours.weighed([words._replace(value=-1.0), company], by, 5.0)

    assert alone
    assert backed
    assert (alone.toward, alone.reason) == (Section.SPEC, "company")
    assert (backed.toward, backed.reason) == (Section.SPEC, "words")


def judged(log_odds: float) -> Verdict:
    section = Section.STATUS if log_odds > 0 else Section.SPEC
    return verdict(section, 1 / (1 + math.exp(-abs(log_odds))))


def test_neighbours_back_a_verdict_or_take_it_back_and_never_turn_it() -> None:
    of = resource(NODES, ["phase", "ready"])
    one = field("spec.nodeA")
    backed = neighbours.beside(judged(-1.0), one, of, EACH)
    doubted = neighbours.beside(judged(1.0), one, of, EACH)

    assert neighbours.log_odds_of(backed) == pytest.approx(-2.0)
    assert neighbours.log_odds_of(doubted) == pytest.approx(0.0)


def test_what_the_author_declares_stands_against_any_neighbours() -> None:
    of = resource(NODES, ["phase", "ready"])
    declared = verdict(Section.STATUS, 1.0)._replace(declared=True)

    assert neighbours.beside(declared, field("spec.nodeA"), of, EACH) is declared


def test_every_fact_has_a_shipped_weight_with_its_sign() -> None:
    of = resource(["size"], ["phase"])
    weights = neighbours.shipped()

    assert set(weights.of) == {f.name for f in neighbours.facts(field("spec.a"), of)}
    assert {name for name, weight in weights.of.items() if weight < 0} <= {
        "echoed",
        "acknowledged",
        "company",
    }
    assert 0 < weights.cap <= 3
