"""Labels and annotations that belong to the controller: who changes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from specstat.immutability.equality.changes import Change, Steps
from specstat.immutability.judging.judged import Judged, allowed, forbidden
from specstat.immutability.terms import Terms


class Ownership(NamedTuple):
    """Who may change which labels and annotations of an object that is locked or not."""

    terms: Terms
    locked: str
    exempt: str
    user: str | None

    def judge(self, change: Change) -> Judged:
        """What the policy says of a change outside the fields that it fixes."""
        prefix = self._prefix(change.steps)
        if not prefix:
            return allowed(change, "the policy lets it change")
        if self.exempt:
            return allowed(change, f"the object is exempt: {self.exempt}")
        if not self.locked:
            return allowed(change, "the controller's keys are free until the object is locked")
        if self.user is None:
            return allowed(change, "not judged: who made the change is not known")
        if self.user in self.terms.owned.by:
            return allowed(change, f"{self.user} owns keys that begin with {prefix}")
        owners = ", ".join(self.terms.owned.by) or "nobody"
        return forbidden(
            change, f"keys that begin with {prefix} belong to {owners}, not to {self.user}"
        )

    def hold(self, judged: Judged) -> Judged:
        """What is said of a change in a fixed field: who owns the key has to allow it, too."""
        is_free = not judged.forbidden and self._prefix(judged.change.steps)
        return self.judge(judged.change) if is_free else judged

    def unjudged(self, rest: Sequence[Change]) -> Iterator[str]:
        """What could not be judged, in words."""
        if self.user is None and self.locked and not self.exempt:
            for change in rest:
                if self._prefix(change.steps):
                    yield f"{change.path} is owned; name the user (--user) to have it judged"

    def _prefix(self, steps: Steps) -> str:
        """The owned prefix that a change falls under; a whole map falls under the first."""
        kinds = {"labels": self.terms.owned.labels, "annotations": self.terms.owned.annotations}
        if steps[:1] != ("metadata",) or len(steps) < 2:  # noqa: PLR2004 - as in metadata.labels
            return ""
        prefixes = kinds.get(steps[1], ())
        return next((p for p in prefixes if "".join(steps[2:3]).startswith(p)), "")
