"""The schemas of a resource one below the other, with the validation rules on each.

A place is the whole object, a field, the items of a list or the values of a map. What a rule says
of a field below it depends on the way from the one to the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from specstat.model.resource import Field, Resource, Section, Validation
from specstat.rules.expressions import parse
from specstat.rules.latest import of_latest
from specstat.rules.outcomes import Change, Outcome, of_rule, touches

# Sections that the API server keeps itself: a request may leave status out and not drop it.
_KEPT = frozenset({Section.METADATA, Section.STATUS})


@dataclass(frozen=True, slots=True)
class Place:
    """One schema. `steps` lead to it from the root, `[]` and `{}` among them.

    `droppable` says that its parent may be there without it: an optional field with no default, one
    that may be null (which rules take for a field that is not there), an item, a value. Items have
    the `list_type` of their list. `correlated` is false below a list whose items have no identity,
    where Kubernetes takes no transition rules.
    """

    steps: tuple[str, ...]
    rules: tuple[Validation, ...]
    field: Field | None = None
    parent: Place | None = None
    droppable: bool = False
    correlated: bool = True
    list_type: str = ""

    @property
    def is_item(self) -> bool:
        """Whether it is the items of a list or the values of a map."""
        return self.steps[-1:] in {("[]",), ("{}",)}

    @property
    def above(self) -> Iterator[Place]:
        """The places above it, the nearest first."""
        place = self.parent
        while place is not None:
            yield place
            place = place.parent


@of_latest
def places(resource: Resource) -> tuple[Place, ...]:
    """All places of a resource that has a transition rule, from the top; none of any other."""
    if not has_transitions(resource):
        return ()
    root = Place((), resource.validations)
    found = [root]
    stack = [(field, root) for field in reversed(resource.fields)]
    while stack:
        field, parent = stack.pop()
        droppable = _may_go(parent, field) and not (parent is root and field.section in _KEPT)
        steps = (*parent.steps, field.name)
        place = Place(steps, field.validations, field, parent, droppable, parent.correlated)
        found.append(place)
        kind = field.list_type
        for level in field.levels:
            known = place.correlated and (level.suffix == "{}" or kind == "map")
            steps = (*steps, level.suffix)
            place = Place(steps, level.validations, field, place, True, known, kind)  # noqa: FBT003 - in the order of the fields
            found.append(place)
            kind = level.list_type
        stack += [(child, place) for child in reversed(field.children)]
    return tuple(found)


def _may_go(parent: Place, field: Field) -> bool:
    """Whether an object may be without a field as far as their schemas tell."""
    optional = not field.required and not field.has_default
    return field.nullable or (optional and not _only_one(parent, field))


def _only_one(parent: Place, field: Field) -> bool:
    """Whether a field is all that its parent may hold, and the parent must hold something."""
    above = parent.field
    if above is None or len(above.children) != 1:
        return False
    bounds = above.levels[-1].constraints if above.levels else above.constraints
    return dict(bounds).get("minProperties", "0") != "0" and above.children[0] is field


@of_latest
def has_transitions(resource: Resource) -> bool:
    """Whether any rule of a resource compares with the old value."""
    if any(rule.is_transition for rule in resource.validations):
        return True
    for root in resource.fields:
        for field in root.walk():
            if field.validations and any(rule.is_transition for rule in field.validations):
                return True
            for level in field.levels:
                if level.validations and any(rule.is_transition for rule in level.validations):
                    return True
    return False


def lock_of(place: Place) -> Validation | None:
    """The rule that refuses every change of a value; None if there is none."""
    for holder in (place, *place.above):
        change = Change(place.steps[len(holder.steps) :])
        for rule in holder.rules:
            if rule.is_transition and not of_rule(rule, change) & Outcome.TRUE:
                return rule
    return None


def is_hole(place: Place) -> bool:
    """Whether a value can be dropped, and then be there again with another one.

    False where a rule refuses one of the two steps, and also where one may.
    """
    return place.droppable and all(
        _is_allowed(place, before=before, after=not before) for before in (True, False)
    )


def _is_allowed(place: Place, *, before: bool, after: bool) -> bool:
    for holder in place.above:
        target = place.steps[len(holder.steps) :]
        for rule in holder.rules:
            found = of_rule(rule, Change(target, before, after))
            if not found & Outcome.TRUE:
                return False
            if not before and not rule.is_transition:
                continue  # the value was there once, so such a state can be valid
            if found != Outcome.TRUE and _concerns(rule, target):
                return False
    # A rule on the place itself that is asked without an old value can refuse the return.
    return before or all(
        of_rule(rule, Change((), before=False, correlated=False)) & Outcome.TRUE
        for rule in place.rules
        if rule.is_transition and rule.optional_old_self
    )


def _concerns(rule: Validation, target: tuple[str, ...]) -> bool:
    """Whether a rule whose outcome is open may be about a place below it."""
    tree = parse(rule.rule)
    return tree is None or touches(tree, Change(target))
