"""Which field a name means."""

from __future__ import annotations

from dataclasses import replace

import pytest

from specstat import readers
from specstat.engine.edit.targets import nearest_name, targets
from specstat.model.reading import Reading
from specstat.model.source import Source
from tests.cli.support import crd

CRDS = (
    crd(spec={"size": "W.", "mode": "W."}, status={"size": "W.", "phase": "W."})
    + "---\n"
    + crd(spec={"size": "W."}, kind="Gadget")
)
_FIELDS = "{spec: {properties: {size: {}, old: {}}}}"
OLD = f"  - {{name: v1alpha1, schema: {{openAPIV3Schema: {{properties: {_FIELDS}}}}}}}\n"
PROTO = """\
syntax = "proto3";
package api.v1;
message Widget {
  message Part { string name = 1; }
  string name = 1;
  oneof one { string code = 2; }
}
"""


def reading(text: str, path: str = "a.yaml") -> Reading:
    return replace(readers.read(path, text.encode()), source=Source(path, text))


def named(text: str, wanted: str, path: str = "a.yaml") -> list[str]:
    return [target.name for target in targets(reading(text, path), wanted)]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Widget.spec.size", ["Widget.spec.size"]),
        ("example.com/Gadget.spec.size", ["Gadget.spec.size"]),
        ("spec.size", ["Widget.spec.size", "Gadget.spec.size"]),
        ("status.size", ["Widget.status.size"]),
        ("phase", ["Widget.status.phase"]),
        ("size", ["Widget.spec.size", "Widget.status.size", "Gadget.spec.size"]),
        ("Widget.size", []),
        ("ize", []),
        ("", []),
    ],
)
def test_a_field_of_a_resource_is_found(wanted: str, found: list[str]) -> None:
    assert named(CRDS, wanted) == found


def test_the_newest_version_is_meant_and_an_older_one_where_it_alone_has_the_field() -> None:
    both = reading(crd() + OLD)

    assert [target.line for target in targets(both, "spec.size")] == [16]
    assert [target.line for target in targets(both, "spec.old")] == [17]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Widget.name", ["Widget.name"]),
        ("Widget.Part.name", ["Widget.Part.name"]),
        ("Part.name", ["Widget.Part.name"]),
        ("code", ["Widget.code"]),
        ("name", ["Widget.name", "Widget.Part.name"]),
        ("one", []),
    ],
)
def test_a_field_of_a_message_is_found(wanted: str, found: list[str]) -> None:
    assert named(PROTO, wanted, "a.proto") == found


@pytest.mark.parametrize(
    ("text", "path", "wanted", "nearest"),
    [
        (CRDS, "a.yaml", "Widget.spec.siez", "Widget.spec.size"),
        (CRDS, "a.yaml", "status.fase", "status.phase"),
        (CRDS, "a.yaml", "pase", "Widget.status.phase"),
        (PROTO, "a.proto", "Widget.cod", "Widget.code"),
        (PROTO, "a.proto", "Factory.spec.current_contents[].parts[].code", "Widget.code"),
        (PROTO, "a.proto", "xyz", ""),
    ],
)
def test_the_nearest_name_is_suggested(text: str, path: str, wanted: str, nearest: str) -> None:
    assert nearest_name(reading(text, path), wanted) == nearest
