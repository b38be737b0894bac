"""Descriptor sets and buf images into resources."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from specstat.model.reading import UNREADABLE, Problem, Reading, UnreadableError
from specstat.model.resource import Resource
from specstat.model.source import Source
from specstat.proto import FILE
from specstat.proto.descriptor import file_descriptor
from specstat.readers import descriptors, protoannotations, protoresource
from specstat.readers.protofiles import File, file_of


@dataclass(frozen=True, slots=True)
class InSet:
    """The files of a set, by the names under which they import each other."""

    files: dict[str, File]
    folders: dict[tuple[str, str], list[File]]  # by folder and package

    def imported(self, file: File, name: str) -> File | None:
        """The file that an import names."""
        del file
        return self.files.get(name)

    def beside(self, file: File) -> Iterator[File]:
        """The other files of the same package that would stand in the same folder."""
        yield from (other for other in self.folders[_home(file)] if other is not file)


def _home(file: File) -> tuple[str, str]:
    return posixpath.dirname(file.source.path), file.tree.package


def read(path: str, data: bytes) -> Reading:
    """All resources of a set; what it holds only for others to import is not looked through."""
    try:
        found = descriptors.read(path, data, {FILE: file_descriptor()})
    except UnreadableError as error:
        return Reading(Source(path, ""), problems=(Problem(UNREADABLE, error.message),))
    files = {each.name: file_of(each.source, each.tree) for each in found}
    folders: dict[tuple[str, str], list[File]] = {}
    for file in files.values():
        folders.setdefault(_home(file), []).append(file)
    inside = InSet(files, folders)
    resources: dict[tuple[str, str, str], Resource] = {}
    problems: list[Problem] = []
    for file in (files[each.name] for each in found if each.to_lint):
        told = (*file.tree.problems, *protoannotations.problems(file))
        problems += [problem._replace(source=file.source) for problem in told]
        here = (*protoresource.resources_of(file, inside), *protoresource.lone(file, inside))
        for resource in here:  # halves in two files are found from both
            resources.setdefault((resource.group, resource.version, resource.kind), resource)
    return Reading(Source(path, ""), tuple(resources.values()), tuple(problems))
