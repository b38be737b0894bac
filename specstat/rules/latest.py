"""Answers about the resource that is looked at, remembered until the next one is.

Many rules ask the same of a resource, some of them for each of its fields. Resources are known by
identity: to compare two of them is as dear as to answer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, TypeVar, TypeVarTuple

from specstat.model.resource import Resource

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


# One resource for all functions, replaced as a whole: nothing of others is kept. The arguments are
# kept with an answer, so that no other object can take their identity.
_Answers = dict[tuple[object, ...], tuple[tuple[object, ...], Any]]
_kept: list[tuple[Resource | None, _Answers]] = [(None, {})]


def of_latest(answer: Callable[[Resource, *Ts], T]) -> Callable[[Resource, *Ts], T]:
    """A function that answers once for the resource that was asked about last.

    What it returns is shared, so it must be nothing that anybody changes.
    """

    def asked(resource: Resource, *others: *Ts) -> T:
        latest, known = _kept[0]
        if latest is not resource:
            known = {}
            _kept[0] = (resource, known)
        key = (answer, *map(id, others))
        if key not in known:
            known[key] = (others, answer(resource, *others))
        answered: T = known[key][1]
        return answered

    update_wrapper(asked, answer)
    return asked
