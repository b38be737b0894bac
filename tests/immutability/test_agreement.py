"""The canonical form and the second opinion of these tests, which Kubernetes was asked about."""

from __future__ import annotations

from collections import Counter

from specstat.immutability.cells import cells_of
from specstat.immutability.equality.prepare import prepare
from specstat.immutability.equality.projection import project
from specstat.immutability.paths import text_of
from tests.immutability import oracle
from tests.immutability.test_generated_cel_random import SCHEMA, pairs, policy


def test_canonical_forms_differ_where_rules_see_a_change() -> None:
    answers: Counter[bool] = Counter()
    for seed in range(60):
        cells = cells_of(policy(seed), SCHEMA)
        for old, new, _ in pairs(seed):
            before, after = prepare(old, SCHEMA), prepare(new, SCHEMA)
            for cell in cells:
                same = project(before, cell, SCHEMA) == project(after, cell, SCHEMA)
                was, now = (
                    oracle.project(each, cell.path, cell.but, SCHEMA) for each in (old, new)
                )
                assert same is (was == now), (text_of(cell.path), old, new)
                answers[same] += 1
    assert min(answers.values()) > 100
