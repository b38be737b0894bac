"""Files as they were, in place of those on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from specstat import readers
from specstat.model.resource import Section
from specstat.readers import Neighbours
from specstat.readers.past import Past

WIDGET = """\
syntax = "proto3";
package demo.v1;
import "parts.proto";
message Widget {
  string name = 1;
  WidgetSpec spec = 2;
  WidgetStatus status = 3;
}
message WidgetStatus {
  string seen = 1;
}
"""
PARTS = 'syntax = "proto3";\npackage demo.v1;\nmessage WidgetSpec {\n  string %s = 1;\n}\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, made the current one, with a widget whose spec stands in another file."""
    (tmp_path / "parts.proto").write_text(PARTS % "size", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def spec_in(past: Past) -> list[str]:
    """The fields of a widget's spec, with its neighbours as they were."""
    neighbours = Neighbours(frozenset({"widget.proto"}), past=past)
    found = readers.read("widget.proto", WIDGET.encode(), neighbours).resources
    return [field.name for resource in found for field in resource.top(Section.SPEC)]


def test_a_neighbour_held_other_bytes(folder: Path) -> None:
    assert spec_in(Past({})) == ["size"]
    assert spec_in(Past({"parts.proto": (PARTS % "old").encode()})) == ["old"]
    assert spec_in(Past({str(folder / "parts.proto"): (PARTS % "old").encode()})) == ["old"]


def test_a_neighbour_that_is_gone_was_there(folder: Path) -> None:
    (folder / "parts.proto").unlink()

    assert spec_in(Past({"parts.proto": (PARTS % "old").encode()})) == ["old"]


def test_a_neighbour_that_came_was_not_there(folder: Path) -> None:
    assert folder.is_dir()

    assert spec_in(Past({}, ["parts.proto"])) == []


def test_where_all_files_are_given_those_on_disk_were_not_there(folder: Path) -> None:
    assert folder.is_dir()

    assert spec_in(Past({}, whole=True)) == []
    assert spec_in(Past({"parts.proto": (PARTS % "old").encode()}, whole=True)) == ["old"]
