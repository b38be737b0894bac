"""A .proto text into a reading: its resources, those around it, and what is wrong with it."""

from __future__ import annotations

from specstat.model.reading import Reading
from specstat.model.source import Source
from specstat.readers import protoannotations
from specstat.readers.protoaround import around
from specstat.readers.protofiles import Disk
from specstat.readers.protoresource import resources_of


def read(source: Source, disk: Disk) -> Reading:
    """The resources of a .proto text, and of its neighbours those that hold its messages."""
    file = disk.take(source)
    resources, others = tuple(resources_of(file, disk)), tuple(around(file, disk))
    problems = protoannotations.problems(file, (*resources, *others))
    return Reading(source, resources, (*file.tree.problems, *problems), around=others)
