"""Fields of messages: types, children, where they end, and how long reading them takes."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from specstat.model.types import OPENAPI
from specstat.readers import collector
from specstat.readers.protofields import MOST_FIELDS, MOST_IN_FILE
from tests.readers.protoapis import APIS, field, fields, only, read, read_file, under, widget


@pytest.mark.parametrize("scalar", sorted(OPENAPI))
def test_scalars_are_what_openapi_has_for_them(scalar: str) -> None:
    read_as = field(f"{scalar} size = 1;")
    assert (read_as.type, read_as.format) == OPENAPI[scalar]


PART = "message Part { string a = 1; int32 b = 2; } enum Hue { HUE_UNSPECIFIED = 0; HUE_RED = 1; }"


@pytest.mark.parametrize(
    ("declaration", "type_", "format_", "children"),
    [
        ("Part size = 1;", "object", "", "a b"),
        ("optional Part size = 1;", "object", "", "a b"),
        ("repeated Part size = 1;", "array", "", "a b"),
        ("map<string, Part> size = 1;", "object", "", "a b"),
        ("repeated string size = 1;", "array", "", ""),
        ("map<string, string> size = 1;", "object", "", ""),
        ("Hue size = 1;", "string", "", ""),
        ("repeated Hue size = 1;", "array", "", ""),
        ("oneof way { Part size = 1; string other = 2; }", "object", "", "a b"),
        ("google.protobuf.Timestamp size = 1;", "string", "date-time", ""),
        (".google.protobuf.Timestamp size = 1;", "string", "date-time", ""),
        ("google.protobuf.Duration size = 1;", "string", "", ""),
        ("google.protobuf.BoolValue size = 1;", "boolean", "", ""),
        ("google.protobuf.UInt32Value size = 1;", "integer", "int32", ""),
        ("k8s.io.apimachinery.pkg.util.intstr.IntOrString size = 1;", "int-or-string", "", ""),
        ("nowhere.Known size = 1;", "object", "", ""),
    ],
)
def test_types_are_those_of_a_schema(
    declaration: str, type_: str, format_: str, children: str
) -> None:
    read_as = field(declaration, behind=PART)

    assert (read_as.type, read_as.format) == (type_, format_)
    assert [child.name for child in read_as.children] == children.split()


def test_paths_say_what_is_a_list_and_what_a_map() -> None:
    bed = only(read_file(APIS / "garden/bed/v1/api.proto"))
    paths = fields(bed)

    assert {"spec.plan[].sprouted", "spec.spare{}.sprouted", "spec.depth.metres"} <= paths.keys()
    assert {"spec.net", "spec.glass", "metadata.labels"} <= paths.keys()
    assert paths["spec.planted_by"].children[0].name == "hand"


def test_of_kubernetes_conditions_the_names_are_known() -> None:
    read_as = field("repeated k8s.io.apimachinery.pkg.apis.meta.v1.Condition size = 1;")

    assert {"type", "status", "lastTransitionTime"} <= read_as.child_names
    assert read_as.children[0].path == "spec.size[].type"


def test_free_form_values_preserve_what_is_unknown() -> None:
    assert field("google.protobuf.Struct size = 1;").preserves_unknown
    assert field("google.protobuf.Any size = 1;").preserves_unknown
    assert not field("repeated google.protobuf.Struct size = 1;").preserves_unknown


def test_number_message_and_enum_are_told() -> None:
    part = field("Part size = 7;", behind=PART)
    hue = field("Hue size = 8;", behind=PART)

    assert (part.number, part.message) == (7, "acme.v1.Part")
    assert (hue.number, hue.message, hue.enum) == (8, "acme.v1.Hue", ("RED",))


def test_name_and_comment_are_under_their_places() -> None:
    resource = only(read(widget("// Above.\n    string size = 1;  // Behind.\n")))
    size = fields(resource)["spec.size"]

    assert under(resource, size) == ("size", "// Above.")
    assert size.description == "Above.\n\nBehind."


def test_with_windows_line_ends_and_a_byte_order_mark_places_hold() -> None:
    text = widget("// Above.\n    string size = 1;").replace("\n", "\r\n")
    resource = only(read(b"\xef\xbb\xbf" + text.encode()))
    size = fields(resource)["spec.size"]

    assert under(resource, size) == ("size", "// Above.")
    assert size.description == "Above."
    assert resource.source.position(size.name_span.start) == (10, 12)


@pytest.mark.parametrize(
    ("written", "type_"),
    [("protobuf.Struct", "object"), ("protobuf.Timestamp", "string"), ("Hand", "object")],
)
def test_a_known_type_is_known_by_a_part_of_its_name(written: str, type_: str) -> None:
    # A message protobuf in the package google has types of the same names as the real package.
    known = "message Timestamp { int64 seconds = 1; } message Struct { string a = 1; }"
    text = widget(
        f"{written} size = 1;", behind=f"message Hand {{}} message protobuf {{ {known} }}"
    )
    size = fields(only(read(text.replace("acme.v1", "google"))))["spec.size"]

    assert (size.type, size.children) == (type_, ())
    assert size.preserves_unknown == (written == "protobuf.Struct")


def test_a_group_is_a_message() -> None:
    size = field("optional group Size = 1 { optional string a = 2; }")

    assert (size.name, size.type) == ("size", "object")
    assert [child.path for child in size.children] == ["spec.size.a"]


# Where it ends


def test_a_message_within_itself_ends_there() -> None:
    behind = "message Tree { string leaf = 1; repeated Tree boughs = 2; }"
    paths = fields(only(read(widget("Tree size = 1;", behind=behind))))

    assert "spec.size.boughs[]" not in paths
    assert paths["spec.size.boughs"].children == ()
    assert paths["spec.size.leaf"].type == "string"


def test_messages_within_each_other_end() -> None:
    behind = "message Hen { Egg egg = 1; } message Egg { Hen hen = 1; map<string, Egg> eggs = 2; }"
    paths = fields(only(read(widget("Hen size = 1;", behind=behind))))

    assert [path for path in paths if path.startswith("spec.size.")] == [
        "spec.size.egg",
        "spec.size.egg.hen",
        "spec.size.egg.eggs",
    ]


def test_a_resource_that_is_its_own_spec_is_read() -> None:
    resource = only(read("message A { string metadata = 1; A spec = 2; A status = 3; }"))

    assert fields(resource).keys() >= {"spec.metadata", "spec.spec", "status.status"}
    assert "spec.spec.spec" not in fields(resource)


def multiplied(levels: int = 14, width: int = 8) -> str:
    """Messages that each hold the next one several times."""
    bodies = (" ".join(f"M{n + 1} f{i} = {i};" for i in range(1, width + 1)) for n in range(levels))
    messages = [f"message M{n} {{ {body} }}\n" for n, body in enumerate(bodies)]
    return "".join(messages) + f"message M{levels} {{ string x = 1; }}\n"


@pytest.fixture
def quick() -> Iterator[None]:
    """Without the collector, as in every run; and it must not take long."""
    start = time.process_time()
    with collector.off():
        yield
    assert time.process_time() - start < 10


@pytest.mark.usefixtures("quick")
def test_types_that_multiply_come_to_an_end() -> None:
    resource = only(read(widget("M0 size = 1;", status="M0 seen = 1;", behind=multiplied())))
    paths = fields(resource)

    assert MOST_FIELDS < len(paths) <= 2 * MOST_FIELDS + 10
    assert "spec.size.f8" in paths
    assert "status.seen.f8" in paths


@pytest.mark.usefixtures("quick")
def test_many_resources_whose_types_multiply_come_to_an_end() -> None:
    each = "message A{0} {{ string metadata = 1; M0 spec = 2; M0 status = 3; }}\n"
    reading = read(multiplied() + "".join(each.format(n) for n in range(100)))

    assert len(reading.resources) == 100
    assert sum(len(fields(r)) for r in reading.resources) <= MOST_IN_FILE + 3 * 100


@pytest.mark.usefixtures("quick")
def test_types_that_multiply_in_a_flat_resource_come_to_an_end() -> None:
    roots = "M0 f2 = 2; M0 f3 = 3;"
    head = 'message A { option (google.api.resource) = {type: "a"}; '
    named = "string name = 1 [(google.api.field_behavior) = IDENTIFIER];"
    resource = only(read(f"{head}{named}{roots} }}\n{multiplied()}"))

    assert resource.facts.flat
    assert MOST_FIELDS < len(fields(resource)) <= 2 * MOST_FIELDS + 10


@pytest.mark.usefixtures("quick")
def test_a_long_comment_on_what_multiplies_is_read_once() -> None:
    last = f"message M14 {{\n// {'word ' * 60_000}\nstring x = 1; }}\n"
    behind = multiplied().rpartition("message M")[0] + last

    resource = only(read(widget("M8 size = 1;", behind=behind)))

    assert sum(f.description.startswith("word") for f in fields(resource).values()) > 1_000


@pytest.mark.usefixtures("quick")
def test_names_that_are_made_up_are_not_repeated_in_each_other() -> None:
    package = "a" * 200_000
    text = f"package {package};\n" + "".join(f"message M{n} {{}}\n" for n in range(20_000))

    assert read(text).resources == ()


@pytest.mark.parametrize(
    ("statement", "item_type"),
    [
        ("repeated string size = 1;", "string"),
        ("repeated k8s.io.apimachinery.pkg.apis.meta.v1.Condition size = 1;", "object"),
        ("map<string, int64> size = 1;", "integer"),
        ("string size = 1;", ""),
    ],
)
def test_lists_and_maps_have_the_type_of_their_items(statement: str, item_type: str) -> None:
    assert field(statement).item_type == item_type
