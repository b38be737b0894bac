"""Descriptor sets and buf images into resources."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from specstat.model.reading import UNREADABLE, Problem, Reading, UnreadableError
from specstat.model.resource import Resource
from specstat.model.source import Source
from specstat.proto import FILE
from specstat.proto.descriptor import file_descriptor
from specstat.readers import descriptors, protoannotations
from specstat.readers.protoaround import around
from specstat.readers.protofiles import File, Package, file_of
from specstat.readers.protoresource import resources_of


@dataclass(slots=True)
class InSet:
    """The files of a set: by their names within, by their paths, by folder and package."""

    names: dict[str, File]
    paths: dict[str, File]
    homes: dict[tuple[str, str], list[File]]
    linted: frozenset[str]
    packages: dict[tuple[str, str], Package] = field(default_factory=dict)

    def load(self, path: str) -> File | None:
        """The file at a path, which is that of the set and the name within."""
        return self.paths.get(path)

    def imported(self, file: File, name: str) -> File | None:
        """The file that an import names."""
        del file
        return self.names.get(name)

    def beside(self, file: File) -> Iterator[File]:
        """The other files of the same package that would stand in the same folder."""
        yield from (other for other in self.homes[_home(file)] if other is not file)


def _home(file: File) -> tuple[str, str]:
    return posixpath.dirname(file.source.path), file.tree.package


def _inside(names: dict[str, File]) -> InSet:
    paths = {file.source.path: file for file in names.values()}
    homes: dict[tuple[str, str], list[File]] = {}
    for file in names.values():
        homes.setdefault(_home(file), []).append(file)
    return InSet(names, paths, homes, frozenset(paths))


def read(path: str, data: bytes) -> Reading:
    """All resources of a set; what it holds only for others to import is not looked through."""
    try:
        found = descriptors.read(path, data, {FILE: file_descriptor()})
    except UnreadableError as error:
        return Reading(Source(path, ""), problems=(Problem(UNREADABLE, error.message),))
    files = {each.name: file_of(each.source, each.tree) for each in found}
    inside = _inside(files)
    resources: list[Resource] = []
    halves: dict[tuple[str, str, str], Resource] = {}
    problems: list[Problem] = []
    for file in (files[each.name] for each in found if each.to_lint):
        own, others = tuple(resources_of(file, inside)), tuple(around(file, inside))
        told = (*file.tree.problems, *protoannotations.problems(file, (*own, *others)))
        problems += [problem._replace(source=file.source) for problem in told]
        resources += own
        for resource in others:  # halves in two files are found from both
            halves.setdefault((*_home(file), resource.kind), resource)
    return Reading(Source(path, ""), (*resources, *halves.values()), tuple(problems))
