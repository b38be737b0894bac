from __future__ import annotations

import pytest

from specstat.immutability.generate import tree
from specstat.immutability.generate.tree import FALSE, TRUE, Node

A, B, C = (tree.name(word) for word in "abc")
FIELD = tree.get(A, "f", None)


@pytest.mark.parametrize(
    ("expression", "written"),
    [
        (tree.both(A, tree.either(B, C)), "a && (b || c)"),
        (tree.either(A, tree.both(B, C)), "a || b && c"),
        (tree.both(A, tree.both(B, C)), "a && b && c"),
        (tree.negated(tree.both(A, B)), "!(a && b)"),
        (tree.negated(tree.eq(A, B)), "a != b"),
        (tree.negated(tree.infix("in", A, B)), "!(a in b)"),
        (tree.negated(tree.has(FIELD)), "!has(a.f)"),
        (tree.choice(A, B, C), "a ? b : c"),
        (tree.both(tree.choice(A, B, C), A), "(a ? b : c) && a"),
        (
            tree.choice(tree.choice(A, B, C), tree.choice(A, B, C), C),
            "(a ? b : c) ? (a ? b : c) : c",
        ),
        (tree.eq(tree.eq(A, B), C), "(a == b) == c"),
        (tree.each("all", A, "x", tree.either(B, C)), "a.all(x, b || c)"),
        (tree.each("exists", tree.listed([A, B]), "x", C), "[a, b].exists(x, c)"),
        (tree.index(FIELD, tree.text("k"), None), "a.f['k']"),
        (tree.infix("in", tree.text("k"), tree.listed([])), "'k' in []"),
        (tree.size(FIELD), "size(a.f)"),
    ],
)
def test_expressions_are_written_with_the_parentheses_that_they_need(
    expression: Node, written: str
) -> None:
    assert tree.write(expression) == written


@pytest.mark.parametrize(
    ("expression", "simple"),
    [
        (tree.both(A, TRUE), A),
        (tree.both(A, FALSE), FALSE),
        (tree.both(), TRUE),
        (tree.either(A, FALSE), A),
        (tree.either(A, TRUE), TRUE),
        (tree.either(), FALSE),
        (tree.both(A, B, A), tree.both(A, B)),
        (tree.negated(TRUE), FALSE),
        (tree.negated(tree.negated(A)), A),
        (tree.choice(TRUE, A, B), A),
        (tree.choice(FALSE, A, B), B),
        (tree.each("all", A, "x", TRUE), TRUE),
    ],
)
def test_what_is_decided_is_left_out(expression: Node, simple: Node) -> None:
    assert expression == simple
