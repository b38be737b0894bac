"""A change with what a policy says of it."""

from __future__ import annotations

from typing import NamedTuple

from specstat.immutability.equality.changes import Change


class Judged(NamedTuple):
    """A change, whether the policy forbids it, and why it does or does not, in words."""

    change: Change
    forbidden: bool
    reason: str


def allowed(change: Change, reason: str) -> Judged:
    """A change that the policy lets be."""
    return Judged(change, forbidden=False, reason=reason)


def forbidden(change: Change, reason: str) -> Judged:
    """A change that the policy is against."""
    return Judged(change, forbidden=True, reason=reason)
