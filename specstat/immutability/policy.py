"""A policy ready for use: what it says, compiled against the schema of its kind."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from specstat.immutability.cells import Cell, cells_of
from specstat.immutability.language import finding
from specstat.immutability.schema import UNKNOWN_KIND, Schema, SchemaError, of_crd
from specstat.immutability.terms import PolicyError, Terms

if TYPE_CHECKING:
    from datetime import datetime

    from specstat.immutability.judging.decision import Decision
    from specstat.immutability.judging.record import Record
    from specstat.immutability.judging.verify import Verdict

Json = Any


@dataclass(frozen=True, slots=True)
class Policy:
    """What a policy says (`terms`), the schema of its kind, and the cells that it fixes in it.

    `version` is the version of the kind whose schema it is, empty where no definition is known;
    values are then compared as they are written. `subresource` is whether that version has a status
    subresource: where it has none, users write status too, and writing it moves the generation.
    """

    terms: Terms
    schema: Schema
    cells: tuple[Cell, ...]
    version: str = ""
    subresource: bool = True

    @classmethod
    def load(
        cls,
        policy: str | os.PathLike[str] | Mapping[str, Any],
        crd: str | os.PathLike[str] | Mapping[str, Any] | None = None,
        version: str = "",
        *,
        name: str = "",
    ) -> Policy:
        """Read a policy and compile it against the definition of its kind.

        Args:
            policy: A file, the name of a packaged policy, or plain values as a file holds them.
            crd: The CRD of the kind, as a file or plain values; that which the policy names where
                none is given.
            version: The version of the kind; the stored one where none is named.
            name: Which policy of a file with several, by its name or kind.

        Raises:
            PolicyError: It cannot be used; the message says where, what is wrong and what to do.
            OSError: A file cannot be read.
        """
        return compiled(_terms(policy, name), crd, version)

    def verify(self, old: Json, new: Json, user: str | None = None) -> Verdict:
        """What changed between two states of an object, and which changes are forbidden."""
        from specstat.immutability.judging.verify import verify  # noqa: PLC0415 - each use needs its own

        return verify(self.terms, self.schema, self.cells, old, new, user)

    def hash(self, obj: Json) -> str:
        """The SHA-256 of the fields of an object that the policy fixes, in hexadecimal digits."""
        from specstat.immutability.equality.digest import digest  # noqa: PLC0415 - as above

        return digest(obj, self.cells, self.schema)

    def decide(  # noqa: PLR0913 - an object, and all that may be known beside it
        self,
        obj: Json,
        recorded: Record | Mapping[str, Any] | str | None = None,
        *,
        now: datetime,
        old: Json = None,
        enforced: bool | None = None,
        accepting: bool = False,
    ) -> Decision:
        """What a controller does about an object as it is now, and what it writes.

        Args:
            obj: The object as it was read, metadata and status included.
            recorded: The record of its acceptance where it is kept elsewhere; None has it read
                from the object.
            now: This moment, with a time zone.
            old: The object as it was before, if that is known; changed fields are named then.
            enforced: Whether a violation fails the object (see `mode_of`); None leaves it to the
                policy's mode.
            accepting: That the caller accepts the object now, in this very reconcile. Only then a
                record is made where there is none.

        Raises:
            ValueError: `now` has no time zone. No object and no record raises anything.
        """
        from specstat.immutability.judging.decide import decide  # noqa: PLC0415 - as above

        return decide(self, obj, recorded, now=now, old=old, enforced=enforced, accepting=accepting)


def compiled(
    terms: Terms,
    crd: str | os.PathLike[str] | Mapping[str, Any] | None = None,
    version: str = "",
    told: str = "the CRD",
) -> Policy:
    """A policy compiled against a CRD, or that which it names; PolicyError where they don't fit.

    `told` is what messages call a CRD that is given as plain values.
    """
    from specstat.immutability.language import definitions, mismatches  # noqa: PLC0415 - for a CRD only

    if crd is None and terms.crd:
        crd = definitions.named_by(terms)
        if not crd.is_file():
            from specstat.immutability.language.reading import exactly  # noqa: PLC0415 - for a mistake only

            message = f"{exactly(terms, 'crd')}: there is no file {terms.crd}; it is looked for at "
            raise PolicyError(message + crd.as_posix())
    if crd is None and version:
        message = f"no CRD is known in which the version {version} could be; name it (--crd)"
        raise PolicyError(message)
    if crd is None:
        return Policy(terms, UNKNOWN_KIND, cells_of(terms, UNKNOWN_KIND))
    if isinstance(crd, Mapping):
        found = definitions.choose((crd,), terms, told)
    else:
        told, found = str(crd), definitions.read(str(crd), terms)
    try:
        chosen, schema = of_crd(found, version)
        subresource = definitions.has_status_subresource(found, chosen)
    except SchemaError as error:
        message = f"{told}: {error}"
        raise PolicyError(message) from None
    terms = replace(terms, group=str(found["spec"].get("group") or ""))
    mismatches.refuse(terms, schema, f"{chosen} in {told}")
    return Policy(terms, schema, cells_of(terms, schema), chosen, subresource)


def _terms(policy: str | os.PathLike[str] | Mapping[str, Any], name: str) -> Terms:
    if isinstance(policy, Mapping):
        from specstat.immutability.language.reading import of_values  # noqa: PLC0415 - files are usual

        return of_values(policy)
    path = finding.file_of(policy)
    return finding.one_of(finding.load(path), name, str(policy))
