"""What is read from descriptor sets beside the descriptors, and beside the .proto texts."""

from __future__ import annotations

import re
from ast import literal_eval
from pathlib import Path

import pytest

from specstat.model.source import Source
from specstat.readers import prototext
from specstat.readers.descriptors import DescriptorFile
from specstat.readers.protonodes import Declaration, Field, ProtoFile, Reservation
from specstat.readers.protovalues import Node
from tests.readers.descriptorsets import HEAD, NAME, forget_places, made, read
from tests.readers.protobuilder import Builder
from tests.readers.protoc import compiled
from tests.readers.protofacts import Comparison
from tests.readers.protoplaces import ANY_OPTION
from tests.readers.protostubs import write_stubs
from tests.readers.support import FIXTURES
from tests.readers.test_proto_hostile import nodes, sound
from tests.readers.test_proto_protoc import CORPUS, ROOTS, text_of

Paths = dict[str, Path]
Roots = list[tuple[str, Path]]
FOLDER = FIXTURES / "protos"
PROTOS = {path.name: path for path in sorted(FOLDER.glob("*.proto"))}

PATH = re.compile(r"only (?:ours|protoc's): Place\(path=(\([^)]*\))")
SYNTAX = (12,)
FIELDS = {2, 6, 7}
JSON_NAME = 10


def is_told(difference: str) -> bool:
    """Whether a set tells the place that differs.

    It does not tell `syntax = "proto2"`, the statements of ranges and names that are reserved, the
    value of a json_name by itself; and the parts of an option are one option.
    """
    match = PATH.match(difference)
    if match is None:
        return True
    path = literal_eval(match[1])
    if len(path) % 2 == 0:
        return ANY_OPTION not in path
    if path == SYNTAX or ANY_OPTION in path:
        return False
    owner = path[-3] if len(path) > 2 else 0
    in_enum = owner == 5 or (owner == 4 and len(path) > 3)
    reserved = {4, 5} if in_enum else {5, 9, 10} if owner in {3, 4} else set()
    return path[-1] not in reserved and not (owner in FIELDS and path[-1] == JSON_NAME)


def differences(files: Paths, roots: Roots, tmp: Path) -> tuple[int, list[str]]:
    """How many facts were compared, and where trees of sets differ from what protoc says."""
    theirs = compiled(roots, files, tmp)
    builder = Builder(theirs)
    facts, found = 0, []
    for name, file in read(theirs).items():
        if name in files:
            # A character a byte, as the text is built in protoc's columns.
            text = re.sub(r"[^\x00-\x7f]", "?", file.source.text)
            comparison = Comparison(file.tree, text, theirs[name], builder)
            facts += comparison.facts
            found += [f"{name}: {d}" for d in comparison.differences if is_told(d)]
            assert sound(file.tree, file.source.text)
    return facts, found


def test_facts_places_and_comments_are_those_of_the_descriptors(tmp_path: Path) -> None:
    facts, found = differences(PROTOS, [("", FOLDER)], tmp_path)

    assert found == []
    assert facts > 2_500


def corpus(tmp: Path) -> tuple[Paths, Roots]:
    files = {
        (Path(prefix) / path.relative_to(root)).as_posix(): path
        for prefix, root in ROOTS
        for path in sorted(root.rglob("*.proto"))
    }
    if not files:
        pytest.skip(f"no corpus of real .proto files in {CORPUS}; SPECSTAT_SHARED may name it")
    stubs = tmp / "stubs"
    stubs.mkdir()
    write_stubs({name: prototext.read(text_of(path)) for name, path in files.items()}, stubs)
    return files, [*ROOTS, ("", stubs)]


def test_real_files_have_the_facts_of_their_descriptors(tmp_path: Path) -> None:
    files, roots = corpus(tmp_path)

    facts, found = differences(files, roots, tmp_path)

    assert found == []
    assert facts > 100 * len(files)


Fact = tuple[object, ...]


def facts_of(node: Node, source: Source) -> Fact:
    """What a declaration says, and the place of its name."""
    assert isinstance(node, Declaration)
    comments = [node.comments.leading, node.comments.trailing, *node.comments.detached]
    place = source.position(node.name_start) if source.text else ()
    # Exactly these words: the comparison with descriptors sees to it.
    words = [re.findall("[a-zA-Z]+", comment.text) if comment else [] for comment in comments]
    fact: Fact = (type(node).__name__, node.name, place, words)
    if isinstance(node, Field):
        last = re.sub(r"[\w.]*\.", "", node.type)
        fact += (node.label, node.number, last, node.oneof, node.group)
    return fact


def declarations(tree: ProtoFile, source: Source) -> list[Fact]:
    found = (node for node in nodes(tree) if type(node).__name__ not in {"Import", "Extend"})
    return [
        facts_of(node, source)
        for node in found
        if isinstance(node, Declaration) and node not in {tree.header, tree.package_statement}
    ]


def with_text(name: str, path: Path) -> tuple[ProtoFile, Source]:
    """The text's own tree, with every character that protoc counts as several made so many."""
    text = text_of(path)
    ascii_text = re.sub(r"[^\x00-\x7f]", lambda found: "?" * len(found[0].encode()), text)
    return prototext.read(ascii_text.expandtabs(8)), Source(name, ascii_text.expandtabs(8))


def alike(file: DescriptorFile, path: Path) -> None:
    tree, source = with_text(file.name, path)
    expected = sorted(map(repr, declarations(tree, source)))
    found = sorted(map(repr, declarations(file.tree, file.source)))
    assert found == expected


@pytest.mark.parametrize("name", sorted(PROTOS))
def test_a_set_and_its_text_declare_the_same_at_the_same_places(name: str, tmp_path: Path) -> None:
    files = compiled([("", FOLDER)], [name], tmp_path)

    alike(read(files)[name], PROTOS[name])


def test_without_source_info_the_facts_are_the_same_and_have_no_places(tmp_path: Path) -> None:
    files = compiled([("", FOLDER)], PROTOS, tmp_path)
    told = read(files)
    forget_places(files.values())
    untold = read(files)

    for name in PROTOS:
        assert untold[name].source.text == ""
        assert bare(untold[name].tree) == bare(told[name].tree)
        assert {(node.start, node.end) for node in nodes(untold[name].tree)} == {(0, 0)}


def bare(value: object) -> object:
    """A tree without places and comments."""
    if isinstance(value, list | tuple):
        return [bare(item) for item in value]
    if not isinstance(value, Node | ProtoFile):
        return value
    slots = {slot for kind in type(value).__mro__ for slot in getattr(kind, "__slots__", ())}
    slots -= {"start", "end", "name_start", "name_end", "type_start", "type_end", "comments"}
    if isinstance(value, Reservation):
        slots -= {"names"}
        return [type(value), [name for name, _ in value.names], bare(value.ranges)]
    return [type(value), *((slot, bare(getattr(value, slot))) for slot in sorted(slots))]


def test_fields_stand_in_the_order_of_the_text(tmp_path: Path) -> None:
    files = made(HEAD + "message Cup { string a = 3; int32 b = 1; bool c = 2; }", tmp_path)
    file = files[NAME]
    fields = file.message_type[0].field
    fields.sort(key=lambda field: field.number)
    for location in file.source_code_info.location:
        if location.path[:3] == [4, 0, 2]:
            location.path[3] = (2, 0, 1)[location.path[3]]
    assert [field.name for field in fields] == ["b", "c", "a"]

    (message,) = read(files)[NAME].tree.messages

    assert [field.name for field in message.fields] == ["a", "b", "c"]
