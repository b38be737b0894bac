"""Which rules there are, by code, name and start of codes."""

from __future__ import annotations

import sys

import pytest

from specstat.rules import registry
from specstat.rules.base import Scope

SHIPPED = registry.shipped()
CODES = [entry.code for entry in SHIPPED.entries()]
PLACEMENT = frozenset(code for code in CODES if code.startswith("SS1"))


def test_rules_are_in_the_order_of_their_codes() -> None:
    assert sorted(CODES) == CODES


@pytest.mark.parametrize("word", ["SS101", "ss101", "input-in-status", "Input-In-Status"])
def test_a_rule_is_found_by_code_or_name_in_any_case(word: str) -> None:
    entry = SHIPPED.find(word)

    assert entry is not None
    assert (entry.code, entry.name) == ("SS101", "input-in-status")
    assert entry.module == "specstat.rules.ss101_input_in_status"


@pytest.mark.parametrize("word", ["", "SS1", "SS999", "input", "ss101_input_in_status"])
def test_anything_else_is_no_rule(word: str) -> None:
    assert SHIPPED.find(word) is None


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("SS101", {"SS101"}),
        ("input-in-status", {"SS101"}),
        ("SS1", PLACEMENT),
        ("ss1", PLACEMENT),
        ("SS10", frozenset(code for code in CODES if code.startswith("SS10"))),
        ("SS", frozenset(CODES)),
        ("SS999", ()),
        ("S", ()),
        ("", ()),
        ("101", ()),
        ("input", ()),
        ("SS1O1", ()),
    ],
)
def test_a_word_stands_for_codes(word: str, codes: frozenset[str]) -> None:
    assert SHIPPED.matching(word) == frozenset(codes)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("SS1O1", "did you mean SS101?"),
        ("ss-101", "did you mean SS101?"),
        ("input-in-staus", "did you mean SS101?"),
        ("OUTPUT-IN-SPECS", "did you mean SS102?"),
        ("xyz", "specstat rules lists all"),
        ("", "specstat rules lists all"),
    ],
)
def test_what_was_probably_meant_is_suggested(word: str, meant: str) -> None:
    assert SHIPPED.hint(word) == meant


def test_a_rules_page_begins_with_its_summary() -> None:
    for entry in SHIPPED.entries():
        summary = SHIPPED.summary(entry)

        assert summary
        assert "\n" not in summary
        assert SHIPPED.page(entry).startswith(summary)


def test_pages_are_read_without_docstrings(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = SHIPPED.find("SS101")
    assert entry is not None
    list(SHIPPED.field_rules(frozenset({"SS101"})))
    monkeypatch.setattr(sys.modules[entry.module], "__doc__", None)  # as under python -OO

    assert SHIPPED.page(entry).startswith("A field of status")


def test_only_selected_rules_are_loaded_each_for_its_scope() -> None:
    fields = [entry.code for entry, _ in SHIPPED.field_rules(frozenset(CODES))]
    resources = [entry.code for entry, _ in SHIPPED.resource_rules(frozenset(CODES))]

    assert sorted(fields + resources) == [e.code for e in SHIPPED.entries() if e.is_rule]
    assert [e.code for e, _ in SHIPPED.field_rules(frozenset({"SS102", "SS501"}))] == ["SS102"]
    assert [e.code for e, _ in SHIPPED.resource_rules(frozenset({"SS102", "SS501"}))] == ["SS501"]
    assert not list(SHIPPED.field_rules(frozenset()))


def test_a_rule_has_the_scope_by_which_it_is_asked() -> None:
    for entry, _ in SHIPPED.field_rules(frozenset(CODES)):
        assert sys.modules[entry.module].__dict__["SCOPE"] in {Scope.FIELD, Scope.RUN}


def test_rules_that_look_beyond_one_resource_are_asked_about_its_fields_too() -> None:
    beyond = SHIPPED.run_rules(frozenset(CODES))

    assert set(beyond) == {"SS105", "SS107"}
    assert set(beyond) <= {entry.code for entry, _ in SHIPPED.field_rules(frozenset(CODES))}
    assert not SHIPPED.run_rules(frozenset({"SS101", "SS501"}))
