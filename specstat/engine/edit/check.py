"""Holds an edited file against what it said before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from specstat.model.directives import UNDECLARED, Declared, override
from specstat.model.ignoring import Ignoring
from specstat.model.reading import Reading
from specstat.model.resource import NOWHERE, Field, Resource


class Change(NamedTuple):
    """What may have become different: what one field says, or what is ignored on it.

    The field is the one whose name stood at an offset of the file (several, where the text is
    shared); it must have come to say what it said with `says` in it, and to ignore `ignoring`,
    too. Without an offset something is ignored on a `resource`, given by group and kind.
    """

    offset: int = -1
    says: Declared = UNDECLARED
    ignoring: Ignoring | None = None
    resource: tuple[str, str] = ("", "")


def same_but(before: Reading, after: Reading, change: Change) -> bool:
    """Whether two readings of a file differ in places and in one change alone."""
    told = Counter(p.code for p in after.problems) - Counter(p.code for p in before.problems)
    if told or len(before.resources) != len(after.resources):
        return False
    return all(
        _same_resource(before, one, other, change)
        for one, other in zip(before.resources, after.resources, strict=True)
    )


def _same_resource(before: Reading, one: Resource, other: Resource, change: Change) -> bool:
    is_whole = (one.group, one.kind) == change.resource
    olds, news = list(_fields(one)), list(_fields(other))
    return (
        (one.group, one.version, one.kind, one.facts)
        == (other.group, other.version, other.kind, other.facts)
        and _ignores_more(one, other, change.ignoring if is_whole else None)
        and len(olds) == len(news)
        and all(
            _same_field(old, new, change)
            if one.source_of(old).path == before.source.path
            and old.name_span.start == change.offset
            else _bare(old) == _bare(new) and _ignores_more(old, new, None)
            for old, new in zip(olds, news, strict=True)
        )
    )


def _same_field(old: Field, new: Field, change: Change) -> bool:
    """Whether the field that was changed is otherwise as it was."""
    return (
        new.declared == override(old.declared, change.says)
        and _ignores_more(old, new, change.ignoring)
        and _bare(old, annotated=True) == _bare(new, annotated=True)
    )


def _ignores_more(old: Resource | Field, new: Resource | Field, ignoring: Ignoring | None) -> bool:
    """Whether one ignores what another does, and something more where that is given."""
    before, after = (Counter(each.said for each in of.ignores) for of in (old, new))
    return after == before + Counter([ignoring] if ignoring else [])


def _fields(resource: Resource) -> Iterator[Field]:
    for root in resource.fields:
        yield from root.walk()


def _bare(field: Field, *, annotated: bool = False) -> tuple[Field, int]:
    """A field without its places, and how many it holds; without its annotation, too."""
    bare = replace(
        field,
        name_span=NOWHERE,
        span=NOWHERE,
        description_span=NOWHERE,
        children=(),
        source=None,
        comments=() if annotated else field.comments,
        declared=UNDECLARED if annotated else field.declared,
        ignores=(),
    )
    return bare, len(field.children)
