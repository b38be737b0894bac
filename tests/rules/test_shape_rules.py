"""The rules on the shape of a resource: its subresource, its root, what it requires."""

from __future__ import annotations

from typing import Any

import pytest

from specstat.engine.check import Settings, check_file, levels_of
from tests.rules.schemas import SPEC, SUBRESOURCE, Schema, definition, found, status, told, version

NUMBER: Schema = {"type": "integer"}
PLAIN: Schema = status(ready=NUMBER)
ROOT: Schema = {"spec": SPEC, "status": PLAIN}


def loudness(data: bytes, code: str = "SS301") -> list[str]:
    return [d.severity.word for d in found(code, data, profile="recommended")]


def test_a_status_without_its_subresource_is_a_warning() -> None:
    data = definition(version(root=ROOT))

    assert loudness(data) == ["warning"]
    assert found("SS301", data)[0].subject == "Widget.status"
    assert loudness(definition(version(root=ROOT, **SUBRESOURCE))) == []


@pytest.mark.parametrize(
    ("name", "schema", "severity"),
    [
        ("v1", PLAIN, "info"),
        ("v1", status(ready=NUMBER, conditions={"type": "array"}), "warning"),
        ("v1", status(ready=NUMBER, observedGeneration=NUMBER), "warning"),
        ("v1beta1", PLAIN, "info"),
        ("v1beta1", status(ready=NUMBER, conditions={"type": "array"}), "warning"),
        ("v1alpha1", PLAIN, "warning"),
        ("v1alpha1", {"type": "object"}, "info"),
        ("v1alpha1", {"type": "object", "x-kubernetes-preserve-unknown-fields": True}, "info"),
    ],
)
def test_it_is_an_info_where_the_switch_has_to_be_planned_or_nothing_is_declared(
    name: str, schema: Schema, severity: str
) -> None:
    data = definition(version(name, root={"spec": SPEC, "status": schema}), generated=True)

    assert loudness(data) == [severity]


def test_it_is_an_info_where_there_is_no_spec_to_keep_apart() -> None:
    assert loudness(definition(version(root={"status": PLAIN}))) == ["info"]


def test_an_older_version_counts_only_where_it_is_served_and_alone_in_it() -> None:
    newest = version(root=ROOT, **SUBRESOURCE)

    def of(*versions: Schema) -> list[str]:
        return [d.resource.version for d in found("SS301", definition(*versions)) if d.resource]

    assert of(newest, version("v1beta1", root=ROOT)) == ["v1beta1"]
    assert of(newest, version("v1beta1", root=ROOT, served=False)) == []
    assert of(version(root=ROOT), version("v1beta1", root=ROOT)) == ["v1"]


def test_a_newer_version_that_has_it_makes_no_new_finding_of_the_older() -> None:
    alone = found("SS301", definition(version(root=ROOT)))
    newer = version("v2", root=ROOT, **SUBRESOURCE)
    older = found("SS301", definition(newer, version(root=ROOT)))

    assert [d.resource.version for d in (*alone, *older) if d.resource] == ["v1", "v1"]
    assert len({d.fingerprint for d in (*alone, *older)}) == 1


@pytest.mark.parametrize("kind", ["WidgetReview", "TokenReview"])
def test_a_review_needs_no_subresource(kind: str) -> None:
    assert told("SS301", definition(version(root=ROOT), kind=kind)) == []


def test_what_v1beta1_keeps_beside_its_versions_counts() -> None:
    data = definition(version("v1beta1", root=ROOT), api="v1beta1", **SUBRESOURCE)
    dropped = definition(version("v1beta1", root={"spec": SPEC}), api="v1beta1", **SUBRESOURCE)

    assert told("SS301", data) == []
    assert len(told("SS302", dropped)) == 1
    assert len(told("SS301", definition(version(root=ROOT), **SUBRESOURCE))) == 1


@pytest.mark.parametrize(
    ("root", "more", "count"),
    [
        ({"spec": SPEC}, SUBRESOURCE, 1),
        ({"spec": SPEC}, {}, 0),
        ({}, SUBRESOURCE, 0),
        (ROOT, SUBRESOURCE, 0),
        ({"spec": SPEC, "status": {"type": "object"}}, SUBRESOURCE, 0),
    ],
)
def test_a_subresource_needs_a_status(root: Schema, more: dict[str, Any], count: int) -> None:
    assert len(told("SS302", definition(version(root=root, **more)))) == count


def test_a_subresource_of_an_open_root_keeps_what_is_written() -> None:
    data = definition(version(root={"spec": SPEC}, **SUBRESOURCE))
    schema = b'"openAPIV3Schema": {'
    is_open = data.replace(schema, schema + b'"x-kubernetes-preserve-unknown-fields": true,')

    assert told("SS302", data)
    assert told("SS302", is_open) == []


@pytest.mark.parametrize("extra", [["owner"], ["owner", "site"]])
def test_what_stands_beside_spec_and_status_is_told(extra: list[str]) -> None:
    common: Schema = {"apiVersion": {}, "kind": {}, "metadata": {}, **ROOT}
    fields = {name: {"type": "string"} for name in extra}
    told_of = told("SS303", definition(version(root={**common, **fields})))

    end = "stands beside spec and status, and belongs to neither"
    assert told_of == [f"Widget.{name} {end}" for name in extra]
    assert told("SS303", definition(version(root=common))) == []


def test_fields_at_the_root_may_be_allowed_by_name() -> None:
    data = definition(version(root={**ROOT, "owner": {"type": "string"}, "site": {}}))
    settings = Settings(
        levels_of(("SS303",), ()), options={"SS303": {"allow": frozenset({"owner"})}}
    )

    (told,) = check_file("a.json", data, settings).diagnostics

    assert told.message == "Widget.site stands beside spec and status, and belongs to neither"


@pytest.mark.parametrize("section", ["spec", "status"])
def test_an_object_with_one_section_may_have_other_fields(section: str) -> None:
    root = {section: ROOT[section], "owner": {"type": "string"}}

    assert told("SS303", definition(version(root=root))) == []


def test_a_further_field_at_the_root_changes_nothing_of_the_others() -> None:
    def prints(*extra: str) -> set[str]:
        fields = {name: {"type": "string"} for name in extra}
        return {d.fingerprint for d in found("SS303", definition(version(root={**ROOT, **fields})))}

    assert len(prints("owner", "site")) == len({"owner", "site"})
    assert prints("owner") < prints("site", "owner")


def test_fields_at_the_root_in_another_order_are_the_same_finding() -> None:
    orders = (("owner", "site", "area"), ("site", "area", "owner"))
    roots = ({**ROOT, **dict.fromkeys(names, SPEC)} for names in orders)
    one, other = (
        {(d.fingerprint, d.message) for d in found("SS303", definition(version(root=root)))}
        for root in roots
    )

    assert len(one) == 3
    assert one == other


def requiring(*names: str, schema: Schema = PLAIN, **more: Any) -> bytes:  # noqa: ANN401 - whatever a version may hold
    own = version(root={"spec": SPEC, "status": schema}, **more)
    own["schema"]["openAPIV3Schema"]["required"] = list(names)
    return definition(own)


def test_a_required_status_is_an_error_where_nothing_could_be_created() -> None:
    assert loudness(requiring("status", **SUBRESOURCE), "SS304") == ["error"]
    assert loudness(requiring("spec", "status"), "SS304") == ["warning"]
    defaulted = PLAIN | {"default": {}}
    assert loudness(requiring("status", schema=defaulted, **SUBRESOURCE), "SS304") == ["warning"]
    assert loudness(requiring("spec", **SUBRESOURCE), "SS304") == []


def test_what_is_required_within_status_is_another_question() -> None:
    assert loudness(requiring(schema=PLAIN | {"required": ["ready"]}), "SS304") == []


@pytest.mark.parametrize(("metadata", "count"), [("Plain metadata = 1;", 1), ("", 0)])
def test_what_a_message_without_metadata_has_beside_its_sections_is_its_metadata(
    metadata: str, count: int
) -> None:
    text = f"""\
syntax = "proto3";
package api.v1;
message Widget {{ {metadata} string name = 2; WidgetSpec spec = 3; WidgetStatus status = 4; }}
message WidgetSpec {{ int32 size = 1; }}
message WidgetStatus {{ int32 level = 1; }}
message Plain {{ string name = 1; }}
"""

    assert len(told("SS303", text.encode(), "a.proto")) == count
    for code in ("SS301", "SS302", "SS306"):
        assert told(code, text.encode(), "a.proto") == []


@pytest.mark.parametrize(
    "schema", [{"type": "string"}, {"type": "array", "items": PLAIN}, {"type": "boolean"}]
)
def test_a_status_that_is_a_list_or_a_word_is_asked_for_its_subresource_alone(
    schema: Schema,
) -> None:
    data = definition(version(root={"spec": SPEC, "status": schema, "owner": {}}))
    codes = [f"SS3{number:02}" for number in range(1, 12)]

    assert [code for code in codes if told(code, data)] == ["SS301"]


def test_halves_that_nothing_contains_are_messages_too() -> None:
    text = """\
syntax = "proto3";
package api.v1;
message WidgetSpec { int32 size = 1; }
message WidgetStatus { string phase = 1; }
"""
    codes = [f"SS3{number:02}" for number in range(1, 12)]

    assert [code for code in codes if told(code, text.encode(), "a.proto")] == []
