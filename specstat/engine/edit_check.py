"""Holds an edited file against what it said before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from specstat.model.directives import UNDECLARED, Declared, override
from specstat.model.reading import Reading
from specstat.model.resource import NOWHERE, Field, Resource


def same_but(before: Reading, after: Reading, offset: int, says: Declared) -> bool:
    """Whether two readings of a file differ in places and in one field's annotation alone.

    The field is the one whose name stood at an offset of the file (several, where the text is
    shared); it must have come to say what it said with `says` in it.
    """
    told = Counter(p.code for p in after.problems) - Counter(p.code for p in before.problems)
    if told or len(before.resources) != len(after.resources):
        return False
    return all(
        _same_resource(before, one, other, offset, says)
        for one, other in zip(before.resources, after.resources, strict=True)
    )


def _same_resource(
    before: Reading, one: Resource, other: Resource, offset: int, says: Declared
) -> bool:
    if (one.group, one.version, one.kind, one.facts) != (
        other.group,
        other.version,
        other.kind,
        other.facts,
    ):
        return False
    olds, news = list(_fields(one)), list(_fields(other))
    if len(olds) != len(news):
        return False
    for old, new in zip(olds, news, strict=True):
        here = one.source_of(old).path == before.source.path
        if here and old.name_span.start == offset:
            if new.declared != override(old.declared, says):
                return False
            if _bare(old, annotated=True) != _bare(new, annotated=True):
                return False
        elif _bare(old) != _bare(new):
            return False
    return True


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
    )
    return bare, len(field.children)
