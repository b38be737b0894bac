"""Reading expressions of validation rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specstat.rules.expressions import Expression, parse


def shown(node: Expression) -> str:
    """A tree as text, each part in parentheses."""
    parts = " ".join(map(shown, node.parts))
    named = ":".join(filter(None, (node.kind, node.name)))
    return f"({named} {parts})" if parts else named


def tree(text: str) -> str:
    read = parse(text)
    assert read is not None, text
    return shown(read)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("self == oldSelf", "(operator:== name:self name:oldSelf)"),
        ("a || b && !c", "(operator:|| name:a (operator:&& name:b (operator:! name:c)))"),
        ("a ? b : c ? d : e", "(operator:?: name:a name:b (operator:?: name:c name:d name:e))"),
        ("has(self.a.b)", "(has (select:b (select:a name:self)))"),
        ("self.a.size() > 0", "(operator:> (method:size (select:a name:self)) literal:0)"),
        (
            "size(self) + 1 <= 2",
            "(operator:<= (operator:+ (call:size name:self) literal:1) literal:2)",
        ),
        ("self.?a[0]['b']", "(index (index (maybe:a name:self) literal:0) literal:'b')"),
        ("x in [1, 2,]", "(operator:in name:x (list literal:1 literal:2))"),
        ("{'a': 1}.b", "(select:b (map literal:'a' literal:1))"),
        ("self.__namespace__ // why", "(select:namespace name:self)"),
        ("self.a__dash__b", "(select:a-b name:self)"),
        ('r\'\\d\' == """a"b"""', '(operator:== literal:r\'\\d\' literal:"""a"b""")'),
    ],
)
def test_an_expression_is_read_as_it_binds(text: str, expected: str) -> None:
    assert tree(text) == expected


@pytest.mark.parametrize(
    "text", ["", "self ==", "(a", "a b", "a ? b", "'open", "a.", "a..b", "[1 2]", "#", "(" * 99]
)
def test_what_is_no_expression_has_no_tree(text: str) -> None:
    assert parse(text) is None


def test_a_very_long_or_deep_expression_has_no_tree() -> None:
    assert parse("a || " * 9_000 + "a") is None
    assert parse("!" * 5_000 + "a") is None


@given(st.text(alphabet="ab.()[]{}!?:|&='\" 01,-", max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    parse(text)
