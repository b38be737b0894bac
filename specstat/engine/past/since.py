"""What is new: the findings of one run that another one, of what was before, does not have.

Pure: two lists of diagnostics in, one out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from specstat.model.diagnostic import Diagnostic

_Subject = tuple[str, ...]


class Fresh(NamedTuple):
    """The findings that are new, and how many were there before."""

    diagnostics: tuple[Diagnostic, ...]
    before: int


def fresh(
    now: Iterable[Diagnostic], then: Iterable[Diagnostic], renamed: Mapping[str, str]
) -> Fresh:
    """The findings of `now` that are not in `then`; `renamed` leads from new paths to old ones.

    A finding is known by its fingerprint, wherever its resource stands by now; several that are
    told as one are known if each of them is. What cannot be read is told again and again.
    """
    then = tuple(then)
    prints = {d.fingerprint for d in then if d.resource}
    codes = {(*_subject(d), code) for d in then for code in (d.code, *d.also)}
    within = {(*_subject(d), code) for d in then for code in d.also}

    def is_known(diagnostic: Diagnostic) -> bool:
        subject = _subject(diagnostic, renamed)
        if diagnostic.resource is None:
            return (*subject, diagnostic.code) in codes
        first = diagnostic.fingerprint in prints or (*subject, diagnostic.code) in within
        return first and all((*subject, code) in codes for code in diagnostic.also)

    now = tuple(now)
    new = tuple(d for d in now if d.fatal or not is_known(d))
    return Fresh(new, len(now) - len(new))


def _subject(diagnostic: Diagnostic, renamed: Mapping[str, str] | None = None) -> _Subject:
    """What a finding is about: a field of a kind, or a file with what is said of it."""
    if diagnostic.resource is None:
        path = diagnostic.location.file
        return (renamed or {}).get(path, path), diagnostic.message
    field = diagnostic.field.path if diagnostic.field else ""
    return diagnostic.resource.group, diagnostic.resource.kind, field
