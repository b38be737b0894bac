"""Immutability policies beside a resource, and what is told of them.

Everything about policies is imported where there is one: most runs have none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from specstat.model.diagnostic import Finding
from specstat.rules.base import ResourceContext

if TYPE_CHECKING:
    from specstat.immutability.language.mismatches import Mismatch
    from specstat.immutability.schema import Schema
    from specstat.immutability.terms import Terms

Check = Callable[["Terms", "Schema"], Iterable["Mismatch"]]


def told(context: ResourceContext, check: Check) -> Iterator[Finding]:
    """What a check of policies against schemas says of a resource: of its newest version.

    A policy follows one version. Of messages of which a half is not known, nothing is told.
    """
    resource = context.resource
    facts = resource.facts
    if not context.policies or not facts.newest or facts.partial or facts.flat:
        return
    from specstat.immutability.language.reading import where  # noqa: PLC0415 - as above
    from specstat.immutability.paths import text_of  # noqa: PLC0415 - as above
    from specstat.readers.settings.places import Place  # noqa: PLC0415 - as above
    from specstat.rules.schemas import schema_of  # noqa: PLC0415 - as above

    schema = schema_of(resource)
    for terms in context.policies:
        for found in check(terms, schema):
            path = text_of(found.path)
            place = Place(terms.source, found.span)
            at = place.brief if terms.source.text else where(terms)
            yield Finding(
                span=resource.span,
                message=f"has the policy {terms.name} ({at}), in which {path} {found.what}",
                help=(found.hint,),
                discriminator=f"{terms.name} {path} {found.what}",
            )
