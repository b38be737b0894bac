"""Precedents: fields of other kinds beside which a field is shown. They weigh nothing."""

from __future__ import annotations

from typing import NamedTuple

from specstat.model.resource import Section


class Precedent(NamedTuple):
    """A field of another kind and where it is kept.

    `reason` tells what it is there for, empty where nobody has written that down; `group` is
    empty for Kubernetes' core kinds, `builtin` says that Kubernetes itself has the kind.
    """

    kind: str
    group: str
    section: Section
    field: str
    reason: str = ""
    builtin: bool = False

    @property
    def path(self) -> str:
        """Its place as people write it, such as `Pod.spec.nodeName`."""
        return f"{self.kind}.{self.section}.{self.field}"


class Elsewhere(NamedTuple):
    """How many kinds of different projects keep a field of this name, and most of them where."""

    section: Section
    agree: int
    of: int


class Precedents(NamedTuple):
    """What stands beside a verdict: `like` in its section, `unlike` in the other one."""

    like: tuple[Precedent, ...] = ()
    unlike: tuple[Precedent, ...] = ()
    elsewhere: Elsewhere | None = None


NONE = Precedents()
