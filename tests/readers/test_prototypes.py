"""What a type's name means, by protobuf's rules."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from specstat.model.source import Source
from specstat.readers.protofiles import Disk, file_of
from specstat.readers.prototext import read
from specstat.readers.prototypes import resolve
from tests.readers.protoapis import field, write

TEXT = """\
package a.b;
message T {}
message Outer {
  message T {}
  message Inner {
    message T {}
    message Deep {}
  }
}
enum E { E_A = 0; }
message b { message T {} }
"""


@pytest.mark.parametrize(
    ("written", "scope", "expected"),
    [
        ("T", "a.b", "a.b.T"),
        ("T", "a.b.Outer", "a.b.Outer.T"),
        ("T", "a.b.Outer.Inner", "a.b.Outer.Inner.T"),
        ("T", "a.b.Outer.Inner.Deep", "a.b.Outer.Inner.T"),
        (".a.b.T", "a.b.Outer", "a.b.T"),
        ("a.b.T", "a.b.Outer", "a.b.T"),
        ("Outer.T", "a.b.Outer.Inner", "a.b.Outer.T"),
        ("Inner.T", "a.b.Outer", "a.b.Outer.Inner.T"),
        ("b.T", "a.b.Outer", "a.b.b.T"),
        ("E", "a.b.Outer.Inner", "a.b.E"),
        ("Inner.T", "a.b", ""),
        (".T", "a.b", ""),
        ("Nowhere", "a.b", ""),
    ],
)
def test_the_innermost_scope_that_has_a_name_wins(written: str, scope: str, expected: str) -> None:
    file = file_of(Source("x.proto", TEXT), read(TEXT))
    found = resolve(written, scope, file, Disk())
    assert (found.name if found else "") == expected


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def resolved(text: str, written: str) -> str:
    """The file in which a name is found from a text."""
    file = file_of(Source("x.proto", text), read(text))
    found = resolve(written, file.tree.package, file, Disk())
    return found.file.source.path if found else ""


@pytest.mark.parametrize(
    ("imports", "expected"),
    [
        ('import "near.proto";', "near.proto"),
        ('import public "near.proto";', "near.proto"),
        ('import "through.proto";', "near.proto"),
        ('import "not_through.proto";', ""),
        ('import "gone.proto";', ""),
        ("", ""),
    ],
)
def test_what_is_imported_is_seen_and_what_that_imports_is_not(
    folder: Path, imports: str, expected: str
) -> None:
    write(
        folder,
        near="package p; message T {}",
        through='package q; import public "near.proto";',
        not_through='package q; import "near.proto";',
    )
    assert resolved(f"package p; {imports}", "T") == expected


def test_a_name_is_found_in_its_package_whatever_the_order_of_imports(folder: Path) -> None:
    write(folder, a__b__t="package a.b; message T {}", other="package other; message T {}")
    text = 'package x; import "other.proto"; import "a/b/t.proto";'

    assert resolved(text, "a.b.T") == "a/b/t.proto"
    assert resolved(text, "other.T") == "other.proto"


def test_values_of_an_enum_lose_their_prefix_and_the_zero_value() -> None:
    behind = "enum Hue { HUE_UNSPECIFIED = 0; HUE_DARK_RED = 1; HUE_DARK = 2; }"
    assert field("Hue size = 1;", behind=behind).enum == ("DARK_RED", "DARK")


@pytest.mark.parametrize(
    "text",
    [
        "".join(f'import "a/x{n}.proto";\n' for n in range(20_000)),
        f"package {'.'.join(['a'] * 20_000)};",
    ],
    ids=["imports", "package"],
)
def test_a_name_that_is_nowhere_is_looked_for_within_reason(text: str) -> None:
    file = file_of(Source("x.proto", text), read(text))
    disk = Disk()
    start = time.process_time()

    for number in range(50):
        assert resolve(f"T{number}", file.tree.package, file, disk) is None
    assert time.process_time() - start < 2
