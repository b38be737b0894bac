"""Ways around a policy in two updates, of which guards see only one at a time.

Guards ask the stored object whether it is locked or exempt. Whoever may change the answer in one
update may change all the rest in the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from specstat.immutability.cells import Cell
from specstat.immutability.paths import Path, covers, text_of
from specstat.immutability.terms import (
    Always,
    Creation,
    Exemption,
    FieldTest,
    KeyTest,
    Terms,
    Trigger,
    Word,
)


def loopholes(terms: Terms, cells: Iterable[Cell], *, status_apart: bool) -> Iterator[str]:
    """What whoever may update an object may change to unlock or exempt it, and what to do.

    `status_apart` says that the kind has a status subresource, so that updates of an object leave
    its status alone.
    """
    held = tuple(cells)
    locks = () if {Creation(), Always()} & {*terms.locked_when} else terms.locked_when
    if all(cell.word is not Word.UNTIL_ACCEPTED for cell in held):
        locks = ()
    tests = [(test, "unlock") for test in locks] + [(test, "exempt") for test in terms.exempt_when]
    for test, done in tests:
        remedy = _remedy(terms, held, test, wanted=done == "exempt", status_apart=status_apart)
        if remedy:
            yield f"whoever may update an object can {done} it first by {_shown(test)}: {remedy}"


def by_scaling(cells: Iterable[Cell], replicas: str) -> str:
    """What may change fixed replicas past an admission policy; empty where nothing may.

    `replicas` is the `specReplicasPath` of the kind's scale subresource, empty without one. Its
    requests hold a Scale, not the object; rules of a definition are asked of the object that comes
    of it.
    """
    path = tuple(replicas.removeprefix(".").split("."))
    if not any(_covers(cell, path) for cell in cells):
        return ""
    return (
        f"whoever may scale an object can change {text_of(path)}, since no admission policy sees "
        "the object then: guard it with rules of the CRD (--as cel), too"
    )


def _remedy(
    terms: Terms,
    cells: Iterable[Cell],
    test: Trigger | Exemption,
    *,
    wanted: bool,
    status_apart: bool,
) -> str:
    """What to do so that updates cannot give a test the wanted answer; empty where they cannot."""
    path = _read(test)
    if path[0] == "status":
        return "" if status_apart else "give the CRD's version subresources: {status: {}}"
    if any(_keeps(cell, path, test, wanted=wanted) for cell in cells):
        return ""
    if not isinstance(test, KeyTest):
        return f"fix {text_of(path)} under immutable"
    own = terms.owned.labels if test.kind == "labels" else terms.owned.annotations
    return "" if test.key.startswith(own) else "fix it under immutable, or own it"


def _keeps(cell: Cell, path: Path, test: Trigger | Exemption, *, wanted: bool) -> bool:
    """Whether a cell keeps a locked object from giving a test the wanted answer."""
    if not _covers(cell, path):
        return False
    if cell.word is Word.SET_ONCE:
        # It can still be set where it is absent, which is of use if absent is not wanted.
        return _of_absent(test) is wanted
    return cell.word in {Word.NEVER, Word.UNTIL_ACCEPTED}


def _covers(cell: Cell, path: Path) -> bool:
    count = len(cell.path)
    return covers(cell.path, path) and not (count < len(path) and path[count] in cell.but)


def _of_absent(test: Trigger | Exemption) -> bool:
    """What a test answers where nothing is there."""
    if not isinstance(test, FieldTest):
        return False
    return (test.absent in test.values) is not test.negated


def _read(test: Trigger | Exemption) -> Path:
    match test:
        case FieldTest(path):
            return path
        case KeyTest(kind, key):
            return ("metadata", kind, key)
    return ("status", "conditions")


def _shown(test: Trigger | Exemption) -> str:
    if isinstance(test, KeyTest):
        return f"the {test.kind.removesuffix('s')} {test.key}"
    return text_of(_read(test))
