"""Values as YAML: long expressions stand on several lines, and all is read back as it was."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from specstat.immutability.generate.yamltext import text_of

LONG = (
    "!(has(oldSelf.status) && oldSelf.status.phase == 'Done && dusted') || (has(self.spec.a) ?"
    " has(oldSelf.spec.a) && self.spec.a == oldSelf.spec.a : !has(oldSelf.spec.a))"
)
WORDS = st.sampled_from(
    "&& || ? : (a b) [ ] { } 'x x' # é - | > spec.a.long.name oldSelf 'a.b \t \n ".split(" ")
)
TEXTS = st.lists(WORDS, max_size=60).map(" ".join)


def test_a_long_expression_is_broken_at_its_loosest_operators() -> None:
    assert text_of({"rule": LONG}).splitlines() == [
        "rule: >-",
        "  !(has(oldSelf.status) && oldSelf.status.phase == 'Done && dusted')",
        "  || (has(self.spec.a)",
        "  ? has(oldSelf.spec.a) && self.spec.a == oldSelf.spec.a",
        "  : !has(oldSelf.spec.a))",
    ]


def test_what_fits_or_cannot_be_broken_stands_on_one_line() -> None:
    for text in ("a && b", "words " * 30 + "end", f"{LONG}  && two.blanks", "a" * 200):
        assert text_of({"rule": text}).count("\n") == 1


@given(st.lists(st.dictionaries(st.sampled_from("abc"), TEXTS, min_size=1), min_size=1))
def test_what_is_written_is_read_back(values: list[dict[str, str]]) -> None:
    assert yaml.safe_load(text_of({"in": {"rules": values}})) == {"in": {"rules": values}}
