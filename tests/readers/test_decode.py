from __future__ import annotations

import gzip

import pytest

from specstat import readers
from specstat.model.source import Position
from specstat.readers.decoding import decode

CRD = b"kind: CustomResourceDefinition\n"


@pytest.mark.parametrize(
    ("path", "data", "expected"),
    [
        ("a.yaml", CRD, True),
        ("a.yml", CRD, True),
        ("a.json", b'{"kind":"CustomResourceDefinition"}', True),
        ("dir.d/A.YAML", CRD, True),
        ("a.yaml", b"kind: ConfigMap\n", False),
        ("a.yaml", b"", False),
        ("a.txt", CRD, False),
        ("yaml", CRD, False),
        ("a.proto", b"", True),
    ],
)
def test_an_unnamed_file_is_worth_reading_by_its_name_and_bytes(
    path: str, data: bytes, *, expected: bool
) -> None:
    assert readers.may_hold_resources(path, data) is expected


def test_what_is_compressed_is_told_to_be() -> None:
    _, problem = decode("image.binpb.gz", gzip.compress(b"words", mtime=0))
    assert problem is not None
    assert problem.message == "compressed by gzip; unpack it first"


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    source, problem = decode("a.yaml", b"\xef\xbb\xbfkind: x")
    assert (source.text, problem) == ("kind: x", None)


@pytest.mark.parametrize(
    ("data", "byte", "place"),
    [
        (b"ab\ncd\xff", "0xff", Position(2, 3)),
        ("é漢😀".encode() + b"\xe9", "0xe9", Position(1, 4)),
        (b"\xef\xbb\xbfab\ncd\xff", "0xff", Position(2, 3)),
        (b"\xef\xbb\xbf\xc3\xa9\xff", "0xff", Position(1, 2)),
        (b"\xed\xa0\x80", "0xed", Position(1, 1)),
        (b"a\xe2\x82", "0xe2", Position(1, 2)),
        ("kind: x".encode("utf-16"), "0xff", Position(1, 1)),
    ],
)
def test_what_is_no_utf8_is_told_with_byte_and_place(
    data: bytes, byte: str, place: Position
) -> None:
    reading = readers.read("a.yaml", data)

    (problem,) = reading.problems
    assert problem.code == "SS001"
    assert f"byte {byte}" in problem.message
    assert problem.span is not None
    assert reading.source.position(problem.span.start) == place
    assert reading.resources == ()
