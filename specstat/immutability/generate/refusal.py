"""Refusals: what a target cannot say exactly is never said inexactly."""

from __future__ import annotations


class CannotExpress(Exception):  # noqa: N818 - it is no mistake of the program
    """That a target cannot express a policy.

    `reason` is a sentence about what it cannot say and why, `remedy` one about what to do.
    """

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}. {remedy}.")
        self.reason = reason
        self.remedy = remedy
