"""Stand-ins for .proto files that are not at hand, so that protoc compiles those that are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from specstat.readers import prototext
from specstat.readers.protonodes import SCALARS, Enum, Message, ProtoFile
from tests.readers.protoc import WELL_KNOWN

# Names in names: a message and those declared in it.
Tree = dict[str, "Tree"]


def write_stubs(files: Mapping[str, ProtoFile], folder: Path) -> None:
    """Write a file for each import that is missing; they declare the types that are missing too.

    Which file declared what cannot be known: each package gets one file with messages of the
    missing names, and each missing import stands for all of these files.
    """
    known = {
        path.relative_to(WELL_KNOWN).as_posix(): prototext.read(path.read_text("utf-8"))
        for path in WELL_KNOWN.rglob("*.proto")
    }
    present = {**known, **files}
    packages: dict[str, Tree] = defaultdict(dict)
    for full in missing_types(files.values(), {n for f in present.values() for n in declared(f)}):
        names = full.split(".")
        depth = next(index for index, name in enumerate(names) if name[0].isupper())
        tree = packages[".".join(names[:depth])]
        for name in names[depth:]:
            tree = tree.setdefault(name, {})
    for package, tree in packages.items():
        text = f'syntax = "proto3"; package {package}; {messages(tree)}\n'
        (folder / f"stub.{package}.proto").write_text(text, encoding="utf-8")
    everything = "".join(f'import public "stub.{package}.proto";\n' for package in packages)
    for name in {node.name for file in files.values() for node in file.imports} - present.keys():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'syntax = "proto3";\n{everything}', encoding="utf-8")


def messages(tree: Tree) -> str:
    """Messages that hold nothing but messages."""
    return " ".join(f"message {name} {{ {messages(inner)} }}" for name, inner in tree.items())


def declared(file: ProtoFile) -> Iterator[str]:
    """The full names of all types of a file."""
    scope = f"{file.package}." if file.package else ""
    yield from declared_in(scope, file.messages, file.enums)


def declared_in(scope: str, nodes: list[Message], enums: list[Enum]) -> Iterator[str]:
    """The full names of these types and of those within."""
    yield from (scope + enum.name for enum in enums)
    for node in nodes:
        yield scope + node.name
        yield from declared_in(f"{scope}{node.name}.", node.messages, node.enums)


def missing_types(files: Iterable[ProtoFile], names: set[str]) -> set[str]:
    """The full names of types that are used and declared nowhere."""
    missing = set()
    for file in files:
        for scope, written in used(file):
            if written in SCALARS or written == "group":
                continue
            if written.startswith("."):
                missing |= {written[1:]} - names
                continue
            scopes = [scope.rsplit(".", up)[0] for up in range(scope.count(".") + 1)]
            if not any(f"{outer}.{written}" in names for outer in scopes) and written not in names:
                absolute = written[0].islower()
                missing.add(written if absolute else f"{file.package}.{written}")
    return missing


def used(file: ProtoFile) -> Iterator[tuple[str, str]]:
    """The types that a file uses, as written, each with the scope in which it is."""
    for node in file.messages:
        yield from used_in(file.package, node)
    for extend in file.extends:
        yield file.package, extend.name
        yield from ((file.package, field.type) for field in extend.fields)
    for service in file.services:
        for rpc in service.rpcs:
            yield file.package, rpc.request
            yield file.package, rpc.response


def used_in(outer: str, node: Message) -> Iterator[tuple[str, str]]:
    """The types that a message uses, and those within."""
    scope = f"{outer}.{node.name}"
    yield from ((scope, field.value_type or field.type) for field in node.fields)
    for extend in node.extends:
        yield scope, extend.name
        yield from ((scope, field.type) for field in extend.fields)
    for inner in node.messages:
        yield from used_in(scope, inner)
