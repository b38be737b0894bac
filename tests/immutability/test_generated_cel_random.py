"""Rules of random policies, over the hard definition, on random objects."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from specstat.immutability.cells import cells_of
from specstat.immutability.generate.cel import Rule, rules
from specstat.immutability.generate.refusal import CannotExpress
from specstat.immutability.paths import Each, Path, parse, text_of
from specstat.immutability.schema import Schema, of_crd
from specstat.immutability.terms import Terms, Word
from tests.conformance.kubernetes import Kubernetes
from tests.immutability.oracle import keeps
from tests.immutability.rules_made import load, terms, with_rules
from tests.immutability.samples import altered, arbitrary

CRD = load("hard-crd.yaml")
VERSION, SCHEMA = of_crd(CRD)
STATUSES: tuple[dict[str, Any], ...] = (
    {"phase": "Running"},
    {"conditions": [{"type": "Accepted", "status": "True"}]},
    {"phase": "Pending"},
)
POLICIES = 120
PAIRS = 12


def paths(schema: Schema, path: Path = ()) -> Iterator[Path]:
    """All paths of a schema, with a key or two of its maps."""
    if path:
        yield path
    for step, inner in schema.properties.items():
        yield from paths(inner, (*path, step))
    if schema.values is not None:
        yield from paths(schema.values, (*path, Each.VALUE))
        yield (*path, "a")
        yield from ((*path, "a", step) for step in schema.values.properties)
    if schema.items is not None:
        yield from paths(schema.items, (*path, Each.ITEM))


SPEC = tuple(paths(SCHEMA.properties["spec"], ("spec",)))


def policy(seed: int) -> Terms:
    """A random policy: some paths with words, some mutable ones among and below them."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    fixed = {
        text_of(path): Word.UNTIL_ACCEPTED if rng.random() < 0.7 else rng.choice(list(Word))
        for path in rng.sample(SPEC, rng.randrange(1, 6))
    }
    below = [p for p in SPEC if any(p[:n] in map(parse, fixed) for n in range(1, len(p)))]
    free = rng.sample(below, min(len(below), rng.randrange(3)))
    mutable = {text_of(p) for p in free} - fixed.keys()
    if rng.random() < 0.3:
        # Of these alone no rule can be made.
        mutable |= {"spec.bag", "spec.manifest"} - fixed.keys()
        return terms(fixed, sorted(mutable), default_fixed=True)
    return terms(fixed, sorted(mutable))


def made(seed: int) -> tuple[Terms, tuple[Rule, ...]] | CannotExpress:
    found = policy(seed)
    try:
        return found, rules(found, SCHEMA, cells_of(found, SCHEMA))
    except CannotExpress as refusal:
        return refusal


def test_what_is_not_refused_is_accepted_by_kubernetes_at_the_cost_that_was_told(
    kubernetes: Kubernetes,
) -> None:
    outcomes: Counter[str] = Counter()
    for seed in range(POLICIES):
        found = made(seed)
        outcomes[type(found).__name__] += 1
        if isinstance(found, CannotExpress):
            assert found.reason
            assert found.remedy.startswith("To do: ")
            continue
        definition = kubernetes.crd(with_rules(CRD, found[1]))
        assert not definition.errors, (seed, definition.errors[:2])
        costs = {told.rule: told.once for told in definition.versions[VERSION].rules}
        assert [costs[rule.rule] for rule in found[1]] == [rule.cost for rule in found[1]], seed
    assert outcomes["tuple"] > POLICIES / 3
    assert outcomes["CannotExpress"] > POLICIES / 20


@pytest.mark.parametrize("part", range(4))
def test_rules_allow_what_the_policy_allows_and_nothing_else(
    kubernetes: Kubernetes, part: int
) -> None:
    answers: Counter[bool] = Counter()
    for seed in range(part, POLICIES, 4):
        found = made(seed)
        if isinstance(found, CannotExpress):
            continue
        held = kubernetes.hold(with_rules(CRD, found[1]))
        for old, new, status in pairs(seed):
            expected = is_kept(found[0], old, new, status)
            written = kubernetes.update(held, VERSION, {**old, "status": status}, new)
            told = (seed, written.errors, old, new, [rule.rule for rule in found[1]])
            assert written.allowed is expected, told
            answers[expected] += 1
    assert min(answers[True], answers[False]) > sum(answers.values()) / 6, answers


def is_kept(found: Terms, old: Any, new: Any, status: dict[str, Any]) -> bool:  # noqa: ANN401 - any JSON
    """Whether the policy allows an update, by the second opinion."""
    locked = status != {"phase": "Pending"}
    return all(
        keeps(cell, SCHEMA, old, new)
        for cell in cells_of(found, SCHEMA)
        if locked or cell.word is not Word.UNTIL_ACCEPTED
    )


def pairs(seed: int) -> Iterator[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
    """Old and new objects that differ in little, with a status of the old one."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    spec = SCHEMA.properties["spec"]
    for _ in range(PAIRS):
        old = arbitrary(spec, rng)
        new = altered(old, spec, rng)
        for each in (old, new):
            each.setdefault("usual", "plain")
        yield {"spec": old}, {"spec": new}, rng.choice(STATUSES)
