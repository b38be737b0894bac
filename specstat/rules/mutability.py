"""What a schema says of whether a field may be changed once it is there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from specstat.model.resource import Field, Resource, Validation
from specstat.rules.changes import Pair

IMMUTABLE = "field_behavior=IMMUTABLE"
# `changes=` words by which nothing changes a value that is there.
FROZEN = frozenset({"never", "set-once"})
# Patterns are compiled when there is a transition rule to read.
_ITSELF = r"(?<![\w.])(?:self\s*==\s*oldSelf|oldSelf\s*==\s*self)(?![\w.\[(])"
_BELOW = (
    r"(?<![\w.])(?:self\.(?P<one>\w+(?:\.\w+)*)\s*==\s*oldSelf\.(?P=one)"
    r"|oldSelf\.(?P<two>\w+(?:\.\w+)*)\s*==\s*self\.(?P=two))(?![\w.\[(])"
)
# What holds only of a field that has no value yet leaves one that has no way out.
_UNSET = (
    r"(?:!\s*has\([^()]*\)|oldSelf[\w.]*\s*==\s*(?:''|\"\"|0|null)"
    r"|oldSelf[\w.]*\.size\(\)\s*==\s*0|size\(oldSelf[\w.]*\)\s*==\s*0)\s*\|\|"
)
_TOLD = (
    r"(?i)\bimmutable\b|\bread[ -]?only\b|\bonce (?:it is )?(?:set|created)\b"
    r"|\b(?:can ?not|can't|may not|must not|never) be (?:changed|updated|modified|edited)\b"
)


class Lock(NamedTuple):
    """What keeps a field from being changed, in words; `always` where no condition frees it."""

    words: str
    always: bool = True


def locks(resource: Resource) -> Mapping[str, Lock]:
    """The fields that may not be changed, by path, each with what says so."""
    found: dict[str, Lock] = {}
    _note(found, "", resource.validations)
    for root in resource.fields:
        for field in root.walk():
            if IMMUTABLE in field.declarations:
                found.setdefault(field.path, Lock("IMMUTABLE"))
            if field.validations:
                _note(found, field.path, field.validations)
            if field.levels:
                _note_levels(found, field)
    return found


def _note(found: dict[str, Lock], path: str, validations: Iterable[Validation]) -> None:
    """Add what the rules on a schema at a path freeze."""
    for validation in validations:
        for locked in _locked_by(path, validation):
            found.setdefault(locked, _lock(validation))


def _note_levels(found: dict[str, Lock], field: Field) -> None:
    """Add what the rules on a list's items or a map's values freeze: as a whole, all in them."""
    path = field.path
    for level in field.levels:
        path += level.suffix
        _note(found, path, level.validations)
    if lock := found.get(path):
        for child in field.children:
            found.setdefault(child.path, lock)


def newly_locked(old: Resource, new: Resource) -> Iterator[tuple[Pair, Lock]]:
    """Fields that could be changed and no longer can; what is below one is not named again."""
    before, after = locks(old), locks(new)
    if not after:
        return
    known = {f.path: f for root in old.fields for f in root.walk()}
    stack = [(root, False) for root in reversed(new.fields)]
    while stack:
        field, was = stack.pop()
        if field.path not in known:
            continue
        was = was or field.path in before
        lock = after.get(field.path)
        if lock and not was and _has_open(known[field.path], before):
            yield Pair(known[field.path], field), lock
        else:
            stack += [(child, was) for child in reversed(field.children)]


def restrictions(old: Field, new: Field) -> tuple[str, ...]:
    """Transition rules that a field got and that do not freeze it."""
    rules = _rules(new)
    if not rules:
        return ()
    had = {_squeezed(v.rule) for v in _rules(old)}
    return tuple(
        _squeezed(v.rule)
        for v in rules
        if v.is_transition and _squeezed(v.rule) not in had and not [*_locked_by(new.path, v)]
    )


def tells_so(field: Field) -> bool:
    """Whether a field's words say already that it is not to be changed."""
    return bool(re.search(_TOLD, field.description)) or field.declared.changes in FROZEN


def words(field: Field, locked: Mapping[str, Lock]) -> str:
    """Whether a field may be changed, in words; `locked` are the locks of its resource."""
    lock = locked.get(field.path)
    said = []
    if lock:
        said.append("immutable" if lock.always else "immutable in some cases")
    if field.declared.changes:
        said.append(f"changes={field.declared.changes}")
    rules = (v for v in field.validations if v.is_transition and not [*_locked_by(field.path, v)])
    said += [f"only by the rule {_squeezed(v.rule)}" for v in rules]
    return ", ".join(said) or "mutable"


def _has_open(field: Field, before: Mapping[str, Lock]) -> bool:
    """Whether a field, or one of those below it, could be changed."""
    if field.path in before:
        return False
    return not field.children or any(_has_open(child, before) for child in field.children)


def _rules(field: Field) -> tuple[Validation, ...]:
    """The rules on a field and on its items or values."""
    return (*field.validations, *(v for level in field.levels for v in level.validations))


def _locked_by(path: str, validation: Validation) -> Iterator[str]:
    """The paths of what a rule on the schema at a path freezes; empty is the whole object."""
    if not validation.is_transition:
        return
    if re.search(_ITSELF, validation.rule):
        yield path
    before = f"{path}." if path else ""
    for match in re.finditer(_BELOW, validation.rule):
        yield f"{before}{match['one'] or match['two']}"


def _lock(validation: Validation) -> Lock:
    bare = re.sub(_UNSET, "", validation.rule)
    return Lock(f"the rule {_squeezed(validation.rule)}", not re.search(r"\|\||\?", bare))


def _squeezed(rule: str) -> str:
    return " ".join(rule.split())
