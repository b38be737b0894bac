"""What is kept of a field until the end of a run, to compare it with its namesakes elsewhere.

It holds nothing of the text: words of a description are kept as checksums.
"""

from __future__ import annotations

import zlib
from typing import NamedTuple

from specstat.judge import prose
from specstat.judge.words import split
from specstat.model.diagnostic import Location
from specstat.model.evidence import Verdict
from specstat.model.resource import Field, Resource, Section
from specstat.rules import surroundings

# Below this a field is misplaced itself and says nothing of others.
_MAY_FIT = 0.3
_SHORTEST = 4  # shorter words are "the", "for" and the like
_COMMON = frozenset(
    "that this with from when which will have been were they them then than what where into only "
    "must should shall does used uses using optional required default field value".split()
)
# Names of which every resource has its own: where they meet, nothing follows.
_GENERIC = frozenset(
    "account address annotations api arn auth backend class cluster config configuration count "
    "data date description details domain enable enabled endpoint endpoints error external "
    "finalizers group hash host hostname id identifier ids image images index info instance "
    "instances internal ip ips items key keys kind label labels level list location log logs "
    "members message messages metadata method mode name names namespace namespaces node nodes "
    "number object objects options output owner parameters path paths phase pod pods policy port "
    "ports project properties provider reason ref reference references refs region replica "
    "replicas resource resources result results role rule rules secret secrets selector server "
    "service services settings size source sources spec state status storage string summary tag "
    "tags target targets template time timestamp title token total type uid update updated url "
    "urls user username uuid value values version versions volume volumes zone zones".split()
)


class Sighting(NamedTuple):
    """A field directly in spec or status, as far as comparing needs it.

    `family` names the resources that are compared with each other; `shape` and `said` are
    checksums, of the names of its own fields and of the words of its description. `fits` is the
    probability that it belongs where it stands.
    """

    family: str
    group: str
    kind: str
    section: Section
    path: str
    words: tuple[str, ...]
    type: str
    shape: int
    said: frozenset[int]
    fits: float
    location: Location


def family(resource: Resource, field: Field) -> str:
    """The resources that may be expected to keep a field alike: one API group.

    Proto packages are finer than groups, one for each resource; those below one package are
    taken for a family. The version is no part of either.
    """
    if not field.number:
        return resource.group
    parent = resource.group.rpartition(".")[0] or resource.group
    return f"package {parent}"


def is_generic(name: str) -> bool:
    """Whether a name is so common that two resources may well mean different things by it."""
    return _GENERIC.issuperset(split(name))


def can_confirm(resource: Resource, field: Field, verdict: Verdict) -> bool:
    """Whether a field can tell where its namesakes belong: it stands there, and only there.

    Without a description nobody knows whether it means the same, and without the other section
    not whether it stands there, too. What a mirror has in status says nothing of purpose.
    """
    return (
        field.depth == 1
        and not resource.facts.partial
        and bool(field.description)
        and verdict.probabilities[field.section] >= _MAY_FIT
        and not is_generic(field.name)
        and not surroundings.stands_in_both(resource, field)
        and not (field.section is Section.STATUS and surroundings.is_mirror(resource))
    )


def sight(resource: Resource, field: Field, verdict: Verdict, location: Location) -> Sighting:
    """A field with its verdict, as it is kept."""
    words = split(field.name)
    told = set(prose.read(field.description, words).tokens).difference(words, _COMMON)
    said = frozenset(zlib.crc32(word.encode()) for word in told if len(word) >= _SHORTEST)
    return Sighting(
        family(resource, field),
        resource.group,
        resource.kind,
        field.section,
        field.path,
        words,
        field.type,
        zlib.crc32("\0".join(sorted(field.child_names)).encode("utf-8", "replace")),
        said,
        verdict.probabilities[field.section],
        location,
    )


def is_same_resource(one: Sighting, other: Sighting) -> bool:
    """Whether two fields are of one resource, whatever version or file they were read from."""
    return (one.group, one.kind) == (other.group, other.kind)


def likeness(one: Sighting, other: Sighting) -> float:
    """How much two descriptions say the same, from 0 to 1: the share of words in both."""
    every = one.said | other.said
    return len(one.said & other.said) / len(every) if every else 0.0
