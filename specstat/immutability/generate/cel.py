"""A policy as rules of its kind's definition (`x-kubernetes-validations` at the root).

Rules at the root see the whole old object, so they can ask its status, and nothing evades them:
neither that a parent is dropped nor that an item of a list is removed and added anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from specstat.immutability.cells import Cell
from specstat.immutability.generate import tree
from specstat.immutability.generate.cost import DEFINITION, RULE, bounds_to_add, cost
from specstat.immutability.generate.escape import quote
from specstat.immutability.generate.expressions import (
    LONGEST,
    RULES,
    Guard,
    guards,
    since,
    written,
)
from specstat.immutability.generate.refusal import CannotExpress
from specstat.immutability.generate.tree import Node, both, either, negated
from specstat.immutability.generate.wording import sentence
from specstat.immutability.paths import Each, Path, text_of
from specstat.immutability.schema import Schema
from specstat.immutability.terms import Mode, Terms, Word

# Of the four reasons that Kubernetes accepts, the one for what may not be done.
REASON = "FieldValueForbidden"
# The first version that knows `reason` and `fieldPath`; older ones drop them.
_WITH_REASONS = (1, 28)
_ORDER = tuple(Word)
_SHOWN = 5
_ADMISSION = "generate a ValidatingAdmissionPolicy (--as vap)"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as the root of a definition's schema holds it.

    `field_path` is empty where no path can be given. `cost` is what Kubernetes will estimate,
    `since` the first version of Kubernetes that knows all that the rule uses.
    """

    rule: str
    message: str
    field_path: str
    cells: tuple[Cell, ...]
    cost: int
    since: tuple[int, int]

    def as_mapping(self) -> dict[str, str]:
        """The rule under the keys of `x-kubernetes-validations`."""
        found = {"rule": self.rule, "message": self.message, "reason": REASON}
        return {**found, "fieldPath": self.field_path} if self.field_path else found


def rules(
    terms: Terms,
    schema: Schema,
    cells: Sequence[Cell],
    *,
    without_metadata: bool = False,
    spent: int = 0,
) -> tuple[Rule, ...]:
    """The rules of a policy, in the order of its cells.

    `schema` is that of the whole object, `spent` what other rules of the definition cost. Labels
    and annotations are another target's where `without_metadata`. Raises CannotExpress where rules
    cannot say exactly what the policy says, or would cost more than Kubernetes allows.
    """
    _refuse(terms, cells, without_metadata=without_metadata)
    own = [cell for cell in cells if cell.path[:1] != ("metadata",)]
    if not own:
        raise CannotExpress(
            "the policy fixes nothing that rules of a definition could guard",
            f"To do: name fields of spec under immutable, or {_ADMISSION}",
        )
    found = guards(terms, schema, own, RULES)
    for guard in found:
        _check_cost(guard.condition, [guard.cell], schema, RULE)
    single = [_rule(terms, schema, [guard]) for guard in found]
    if sum(rule.cost for rule in single) + spent <= DEFINITION:
        return tuple(single)
    grouped = [_rule(terms, schema, group) for group in _groups(found, DEFINITION - spent)]
    total = sum(rule.cost for rule in grouped) + spent
    if total > DEFINITION:
        dearest = max(found, key=lambda guard: cost(guard.condition))
        left = max(DEFINITION - total + cost(dearest.condition), 0)
        _check_cost(dearest.condition, [g.cell for g in found], schema, left)
    return tuple(grouped)


def minimum_version(found: Iterable[Rule]) -> str:
    """The first version of Kubernetes that knows all that some rules use, such as "1.28"."""
    major, minor = max([_WITH_REASONS, *(rule.since for rule in found)])
    return f"{major}.{minor}"


def _refuse(terms: Terms, cells: Sequence[Cell], *, without_metadata: bool) -> None:
    if terms.mode is Mode.WARN:
        raise CannotExpress(
            "the policy only warns (mode: warn), but a rule of a definition always denies",
            f"To do: {_ADMISSION}, which can warn",
        )
    if without_metadata:
        return
    held = [text_of(cell.path) for cell in cells if cell.path[:1] == ("metadata",)]
    owned = [*terms.owned.labels, *terms.owned.annotations]
    if held or owned:
        what = held[0] if held else f"owned keys such as {owned[0]}"
        raise CannotExpress(
            f"the policy fixes {what}, but rules of a definition see no labels and annotations",
            f"To do: {_ADMISSION}, or leave the metadata to it (--without-metadata)",
        )


def _rule(terms: Terms, schema: Schema, group: Sequence[Guard]) -> Rule:
    condition = _together(group)
    cells = tuple(guard.cell for guard in group)
    text = written(condition, cells[0], _ADMISSION)
    return Rule(
        rule=text,
        message=sentence(terms, cells),
        field_path=_field_path(cells[0].path, schema) if len(cells) == 1 else "",
        cells=cells,
        cost=cost(condition),
        since=since(condition),
    )


def _together(group: Sequence[Guard]) -> Node:
    """The condition of several guards that ask for the same lock."""
    kept = both(*(guard.keeps for guard in group))
    return either(group[0].exempt, negated(group[0].locked), kept)


def _groups(found: Sequence[Guard], budget: int) -> list[list[Guard]]:
    """Guards of one word in groups, of as few as a budget allows, so that messages name few fields.

    Asking for the lock costs most where conditions are unbounded; a group asks for it once.
    """
    asking = max(cost(guard.locked) + cost(guard.exempt) for guard in found)
    left = budget // 2 - sum(cost(guard.keeps) for guard in found)
    most = ceil(len(found) / max(left // max(asking, 1), 1))
    groups: list[list[Guard]] = []
    for guard in sorted(found, key=lambda g: _ORDER.index(g.cell.word)):
        last = groups[-1] if groups else []
        fits = 0 < len(last) < most and last[0].cell.word is guard.cell.word
        if fits and _is_allowed(_together([*last, guard])):
            last.append(guard)
        else:
            groups.append([guard])
    return groups


def _is_allowed(condition: Node) -> bool:
    return cost(condition) <= RULE and len(tree.write(condition)) <= LONGEST


def _check_cost(condition: Node, cells: Sequence[Cell], schema: Schema, limit: int) -> None:
    """CannotExpress where a rule costs too much, with the bounds to add."""
    estimate = cost(condition)
    if estimate <= limit:
        return
    bounds = bounds_to_add(condition, schema, limit)
    names = ", ".join(text_of(cell.path) for cell in cells[:3])
    added = " and ".join(f"{b.keyword}: {b.most} to {text_of(b.path)}" for b in bounds[:_SHOWN])
    others = f" and the like to {len(bounds) - _SHOWN} more" if len(bounds) > _SHOWN else ""
    raise CannotExpress(
        f"a rule for {names} costs {estimate:,} by Kubernetes' estimate, and {limit:,} are allowed",
        f"To do: add {added}{others}, or less" if added else f"To do: {_ADMISSION}",
    )


def _field_path(path: Path, schema: Schema) -> str:
    """The beginning of a path that Kubernetes accepts in `fieldPath`: names of declared fields."""
    written = []
    here = schema
    for step in path:
        inner = None if isinstance(step, Each) else here.properties.get(step)
        if inner is None or isinstance(step, Each) or not step.isprintable():
            break
        plain = step.replace("_", "").isalnum() and step.isascii()
        written.append(f".{step}" if plain else f"[{quote(step)}]")
        here = inner
    return "".join(written)
