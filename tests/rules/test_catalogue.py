"""Which rules exist for a run: the shipped ones and whatever is added."""

from __future__ import annotations

import pickle

import pytest

from specstat.model.diagnostic import Severity
from specstat.rules import registry
from specstat.rules.catalogue import Catalogue, Entry
from tests.rules.patterns.support import rule

ADDED = Entry(
    "ACME001",
    "made-up",
    pack="rules.yaml",
    rule=rule("match: {section: spec}"),
    severity=Severity.INFO,
    text="Made up.\n\nMore.",
)
SHIPPED = registry.shipped()
CATALOGUE = SHIPPED.plus([ADDED])


def test_adding_changes_no_other_catalogue() -> None:
    assert CATALOGUE.find("made-up") is ADDED
    assert SHIPPED.find("made-up") is None
    assert CATALOGUE.severities() == {"ACME001": Severity.INFO}


def test_rules_stay_in_the_order_of_their_codes_and_the_first_of_a_code_stays() -> None:
    codes = [entry.code for entry in CATALOGUE.entries()]

    assert codes == sorted({*codes})
    again = CATALOGUE.plus([Entry("ACME001", "other"), Entry("SS101", "other")])
    assert again.entries() == CATALOGUE.entries()


@pytest.mark.parametrize("word", ["ACME", "ACME0", "acme001", "Made-Up"])
def test_words_stand_for_added_rules(word: str) -> None:
    assert CATALOGUE.matching(word) == {"ACME001"}
    assert not SHIPPED.matching(word)


@pytest.mark.parametrize("word", ["A", "ACM", "S", "ACME002", "made"])
def test_half_a_prefix_stands_for_nothing(word: str) -> None:
    assert not CATALOGUE.matching(word)


def test_an_added_rule_is_asked_like_ours() -> None:
    codes = frozenset({"ACME001", "SS405", "SS501"})

    assert [e.code for e, _ in CATALOGUE.resource_rules(codes)] == ["ACME001", "SS405", "SS501"]
    assert CATALOGUE.summary(ADDED) == "Made up."


def test_what_was_sent_elsewhere_still_tells_of_its_rules() -> None:
    again: Catalogue = pickle.loads(pickle.dumps(CATALOGUE))  # noqa: S301 - just pickled here
    entry = again.find("ACME001")

    assert entry is not None
    assert again.page(entry) == "Made up.\n\nMore."
    assert [e.code for e in again.entries()] == [e.code for e in CATALOGUE.entries()]
