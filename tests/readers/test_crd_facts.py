"""Every fact of fixtures/crds/forms.yaml, and of a few schemas that it does not have."""

from __future__ import annotations

from typing import Any

import pytest

from specstat.model.resource import Level, PrinterColumn, Scale, Section, Validation
from tests.readers.support import crd, fields, only, read, read_fixture, schema_crd, spec_field

READING = read_fixture("crds/forms.yaml")
GADGET = only(READING)
FIELDS = fields(GADGET)

PATHS = """
apiVersion
kind
metadata
spec
spec.colour
spec.code
spec.extension
spec.grid
spec.grid[][].height
spec.grid[][].width
spec.layers
spec.layers[].name
spec.layers[].opacity
spec.limits
spec.maxSurge
spec.podTemplate
spec.podTemplate.spec
spec.podTemplate.spec.nodeName
spec.regions
spec.regions{}.weight
spec.regions{}.zones
spec.replicas
spec.template
spec.ttl
status
status.conditions
status.conditions[].lastTransitionTime
status.conditions[].message
status.conditions[].observedGeneration
status.conditions[].reason
status.conditions[].status
status.conditions[].type
status.observedGeneration
status.readyReplicas
status.replicas
status.selector
""".split()

# What a field has beyond its name, its places and a description; all else is as a Field's default.
FACTS: dict[str, dict[str, Any]] = {
    "apiVersion": {"type": "string"},
    "kind": {"type": "string"},
    "metadata": {"type": "object"},
    "spec": {
        "type": "object",
        "required": True,
        "validations": (
            Validation(
                "self.colour != 'grey' || size(self.layers) == 1", "grey gadgets have one layer"
            ),
        ),
    },
    "spec.colour": {
        "type": "string",
        "enum": ("grey", "green", "blue"),
        "has_default": True,
        "default": '"grey"',
    },
    "spec.code": {
        "type": "string",
        "required": True,
        "constraints": (
            ("maxLength", "9"),
            ("minLength", "4"),
            ("pattern", "^[A-Z]{2}-[0-9]{1,6}$"),
        ),
        "validations": (Validation("self == oldSelf", "code cannot be changed"),),
    },
    "spec.extension": {"type": "object", "preserves_unknown": True},
    "spec.grid": {
        "type": "array",
        "item_type": "array",
        "constraints": (("maxItems", "16"),),
        "list_type": "atomic",
    },
    "spec.grid[][].height": {
        "type": "integer",
        "format": "int32",
        "required": True,
        "constraints": (("maximum", "100"), ("minimum", "1")),
    },
    "spec.grid[][].width": {
        "type": "number",
        "required": True,
        "constraints": (("exclusiveMinimum", "true"), ("minimum", "0"), ("multipleOf", "0.5")),
    },
    "spec.layers": {
        "type": "array",
        "item_type": "object",
        "required": True,
        "constraints": (("minItems", "1"),),
        "list_type": "map",
        "list_map_keys": ("name",),
    },
    "spec.layers[].name": {"type": "string", "required": True},
    "spec.layers[].opacity": {"type": "int-or-string"},
    "spec.limits": {"type": "object", "item_type": "int-or-string"},
    "spec.maxSurge": {"type": "int-or-string", "has_default": True, "default": '"25%"'},
    "spec.podTemplate": {"type": "object"},
    "spec.podTemplate.spec": {"type": "object", "preserves_unknown": True},
    "spec.podTemplate.spec.nodeName": {"type": "string"},
    "spec.regions": {"type": "object", "item_type": "object"},
    "spec.regions{}.weight": {"type": "integer"},
    "spec.regions{}.zones": {"type": "object", "item_type": "array"},
    "spec.replicas": {
        "type": "integer",
        "format": "int32",
        "has_default": True,
        "default": "1",
        "constraints": (("minimum", "0"),),
    },
    "spec.template": {"type": "object", "preserves_unknown": True, "embedded_resource": True},
    "spec.ttl": {"type": "string"},
    "status": {"type": "object"},
    "status.conditions": {
        "type": "array",
        "item_type": "object",
        "list_type": "map",
        "list_map_keys": ("type",),
    },
    "status.conditions[].lastTransitionTime": {
        "type": "string",
        "format": "date-time",
        "required": True,
    },
    "status.conditions[].message": {
        "type": "string",
        "required": True,
        "constraints": (("maxLength", "32768"),),
    },
    "status.conditions[].observedGeneration": {
        "type": "integer",
        "format": "int64",
        "constraints": (("minimum", "0"),),
    },
    "status.conditions[].reason": {
        "type": "string",
        "required": True,
        "constraints": (("maxLength", "1024"), ("minLength", "1")),
    },
    "status.conditions[].status": {
        "type": "string",
        "required": True,
        "enum": ("True", "False", "Unknown"),
    },
    "status.conditions[].type": {
        "type": "string",
        "required": True,
        "constraints": (("maxLength", "316"),),
    },
    "status.observedGeneration": {"type": "integer", "format": "int64"},
    "status.readyReplicas": {"type": "integer", "format": "int32"},
    "status.replicas": {"type": "integer", "format": "int32"},
    "status.selector": {"type": "string"},
}
DEFAULTS: dict[str, Any] = {
    "type": "",
    "format": "",
    "enum": (),
    "required": False,
    "has_default": False,
    "default": "",
    "item_type": "",
    "constraints": (),
    "validations": (),
    "list_type": "",
    "list_map_keys": (),
    "preserves_unknown": False,
    "embedded_resource": False,
    "comments": (),
}


def test_forms_has_all_its_fields_in_the_order_of_the_source() -> None:
    assert list(FIELDS) == PATHS


@pytest.mark.parametrize("path", PATHS)
def test_forms_has_every_fact_of_every_field(path: str) -> None:
    field = FIELDS[path]
    assert {name: getattr(field, name) for name in DEFAULTS} == DEFAULTS | FACTS[path]


@pytest.mark.parametrize("path", PATHS)
def test_forms_has_every_field_under_its_name_and_in_its_section(path: str) -> None:
    head = path.partition(".")[0]
    in_section = head in {"metadata", "spec", "status"}

    assert FIELDS[path].name == path.rpartition(".")[2]
    assert FIELDS[path].section is (Section(head) if in_section else Section.ROOT)
    assert not FIELDS[path].declared


@pytest.mark.parametrize(
    ("path", "description"),
    [
        ("metadata", ""),
        ("kind", "Kind is the kind of this manifest."),
        ("spec.colour", "Colour to paint it in."),
        (
            "spec.code",
            "Code to engrave. Two letters, a dash and up to six digits.\nCannot be changed later.",
        ),
        ("spec.grid", "Grid of cells, row by row."),
        ("spec.grid[][].height", "Height of the cell."),
        ("spec.layers[].opacity", "Opacity as a number or a percentage."),
        ("spec.podTemplate.spec.nodeName", ""),
    ],
)
def test_forms_has_descriptions_as_they_are_written(path: str, description: str) -> None:
    assert FIELDS[path].description == description


def test_forms_has_the_facts_of_its_definition() -> None:
    facts = GADGET.facts

    assert (GADGET.group, GADGET.version, GADGET.kind) == ("shapes.example.com", "v1", "Gadget")
    assert facts.scale == Scale("spec.replicas", "status.replicas", "status.selector")
    assert facts.printer_columns == (
        PrinterColumn("Wanted", "spec.replicas"),
        PrinterColumn("Ready", "status.readyReplicas"),
        PrinterColumn("Available", "status.conditions[?(@.type=='Available')].status"),
        PrinterColumn("Age", "metadata.creationTimestamp"),
    )
    assert facts.generator == "v0.17.2"
    assert (facts.served, facts.storage, facts.newest) == (True, True, True)
    assert (facts.status_subresource, facts.deprecated) == (True, False)


def test_a_definition_without_extras_has_none() -> None:
    facts = only(read(crd())).facts

    assert (facts.scale, facts.printer_columns, facts.generator) == (None, (), "")
    assert not facts.status_subresource
    assert not facts.open


def test_a_status_subresource_without_a_value_is_none_to_the_api_server() -> None:
    def has_it(subresources: str) -> bool:
        text = crd().replace("    storage: true\n", f"    subresources: {subresources}\n")
        return only(read(text)).facts.status_subresource

    assert has_it("{status: {}}")
    assert not has_it("{status: }")
    assert not has_it("{status: null}")
    assert not has_it("{}")


def test_a_root_that_keeps_unknown_fields_is_open() -> None:
    text = schema_crd("type: object\nx-kubernetes-preserve-unknown-fields: true\n")

    assert only(read(text)).facts.open


def test_scalars_are_texts_as_kubernetes_reads_them() -> None:
    found = fields(only(read_fixture("crds/scalars.yaml")))

    assert found["spec.matchType"].enum == ("=", "!=", "=~", "!~")
    assert found["spec.mode"].enum == ("on", "off", "auto")
    assert found["spec.permissions"].enum == ("0o7", "0x1F", "017")
    assert found["spec.since"].enum == ("2020-01-01", "2021-06-30T12:00:00Z")
    assert found["spec.threshold"].enum == ("1e3", "1_000", ".5", "+12")
    assert found["spec.matchType"].has_default


def test_a_null_in_an_enum_is_no_value() -> None:
    enum = fields(only(read_fixture("crds/scalars.yaml")))["spec.variant"].enum
    assert enum == ("y", "n", "<<")
    assert spec_field(crd("size: {enum: ['null', ~, \"\"]}")).enum == ("null", "")


def test_an_undescribed_schema_has_all_but_descriptions() -> None:
    found = fields(only(read_fixture("crds/undescribed.yaml")))

    assert {field.description for field in found.values()} == {""}
    assert found["spec.legs"].constraints == (("minimum", "3"),)
    assert found["status.lastInspectedTime"].format == "date-time"


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("{}", ""),
        ("{type: string}", "string"),
        ("{type: null}", ""),
        ("{x-kubernetes-preserve-unknown-fields: true}", "any"),
        ("{x-kubernetes-preserve-unknown-fields: false}", ""),
        ("{x-kubernetes-preserve-unknown-fields: true, type: object}", "object"),
        ("{x-kubernetes-int-or-string: true}", "int-or-string"),
        ("{x-kubernetes-int-or-string: true, type: string}", "int-or-string"),
        ("{x-kubernetes-int-or-string: false, type: string}", "string"),
        ("{anyOf: [{type: integer}, {type: string}]}", "int-or-string"),
        ("{anyOf: [{type: string}, {type: integer}]}", "int-or-string"),
        ("{anyOf: [{type: string}, {type: boolean}]}", ""),
        ("{anyOf: [{type: integer}, {type: boolean}]}", ""),
        ("{anyOf: [{required: [a]}]}", ""),
        ("{anyOf: none}", ""),
    ],
)
def test_a_type_is_read_from_where_it_stands(schema: str, expected: str) -> None:
    assert spec_field(crd(f"size: {schema}")).type == expected


def test_every_keyword_that_bounds_a_value_is_a_constraint() -> None:
    text = """
        minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern
        minItems maxItems uniqueItems minProperties maxProperties
    """
    words = text.split()
    schema = ", ".join(f"{word}: {number}" for number, word in enumerate(words))

    assert spec_field(crd(f"size: {{{schema}}}")).constraints == tuple(
        (word, str(number)) for number, word in enumerate(words)
    )


def test_null_is_nothing_only_without_quotes() -> None:
    bare = spec_field(crd("size: {description: null, format: ~}"))
    quoted = spec_field(crd("size: {description: 'null', format: '~'}"))

    assert (bare.description, bare.format) == ("", "")
    assert (quoted.description, quoted.format) == ("null", "~")


@pytest.mark.parametrize("word", "y Y yes Yes YES true True TRUE on On ON".split())
def test_a_word_for_true_is_one_to_kubernetes_only_without_quotes(word: str) -> None:
    schema = "size: {{type: object, x-kubernetes-preserve-unknown-fields: {}}}"
    assert spec_field(crd(schema.format(word))).preserves_unknown
    assert not spec_field(crd(schema.format(f"'{word}'"))).preserves_unknown


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ("{properties: {a: {}}}", ["spec.size.a"]),
        ("{items: {properties: {a: {}}}}", ["spec.size[].a"]),
        ("{items: {items: {properties: {a: {}}}}}", ["spec.size[][].a"]),
        ("{additionalProperties: {properties: {a: {}}}}", ["spec.size{}.a"]),
        ("{additionalProperties: {items: {properties: {a: {}}}}}", ["spec.size{}[].a"]),
        ("{items: {properties: {a: {items: {properties: {b: {}}}}}}}",
         ["spec.size[].a", "spec.size[].a[].b"]),
        ("{properties: {a: {}}, additionalProperties: true}", ["spec.size.a"]),
        ("{additionalProperties: true}", []),
        ("{items: {type: string}}", []),
        ("{items: [{properties: {a: {}}}]}", []),
        ("{properties: {}}", []),
    ],
)  # fmt: skip
def test_children_are_found_through_lists_and_maps(schema: str, paths: list[str]) -> None:
    found = fields(only(read(crd(f"size: {schema}"))))
    assert list(found) == ["spec", "spec.size", *paths]


def test_required_is_what_the_schema_around_it_says() -> None:
    text = crd("size: {items: {required: [a], properties: {a: {}, b: {}}}, required: [size, b]}")
    found = fields(only(read(text)))

    assert [path for path, field in found.items() if field.required] == ["spec.size[].a"]


def test_a_schema_behind_an_alias_is_read_like_any_other() -> None:
    text = crd("""
        size: &size
          description: How large it is.
          type: object
          required: [unit]
          properties: {unit: {type: string, enum: &units [l, ml]}}
        other: *size
        more: {items: *size, enum: *units}
        """)
    found = fields(only(read(text)))

    assert list(found) == [
        "spec",
        "spec.size",
        "spec.size.unit",
        "spec.other",
        "spec.other.unit",
        "spec.more",
        "spec.more[].unit",
    ]
    assert found["spec.other"].description == "How large it is."
    assert found["spec.other.unit"].required
    assert found["spec.more"].enum == ("l", "ml")
    assert found["spec.more[].unit"].enum == ("l", "ml")


def test_branches_behind_an_alias_make_int_or_string_too() -> None:
    text = crd("""
        size: {anyOf: [&one {type: integer}, &two {type: string}]}
        more: {anyOf: [*one, *two]}
        """)
    assert spec_field(text, "more").type == "int-or-string"


def test_fields_named_like_keywords_are_fields() -> None:
    names = ["description", "type", "properties", "items", "required", "enum", "default", "="]
    body = "".join(f"{name}: {{type: string}}\n" for name in names)
    found = fields(only(read(crd(body))))

    assert [path.removeprefix("spec.") for path in list(found)[1:]] == names
    assert not found["spec"].has_default
    assert found["spec"].description == ""


def test_a_section_is_what_stands_at_the_root_only() -> None:
    text = schema_crd("""\
        properties:
          spec: {properties: {status: {properties: {a: {}}}}}
          status: {properties: {spec: {}}}
          data: {properties: {spec: {}}}
        """)
    sections = {path: field.section for path, field in fields(only(read(text))).items()}

    assert sections == {
        "spec": Section.SPEC,
        "spec.status": Section.SPEC,
        "spec.status.a": Section.SPEC,
        "status": Section.STATUS,
        "status.spec": Section.STATUS,
        "data": Section.ROOT,
        "data.spec": Section.ROOT,
    }


@pytest.mark.parametrize("schema", ["type: object", "properties: {}", "{}"])
def test_a_schema_without_fields_is_a_resource_without_fields(schema: str) -> None:
    assert only(read(schema_crd(schema))).fields == ()


@pytest.mark.parametrize(
    "oddity",
    [
        "description: [a, list]",
        "description: {a: mapping}",
        "description: null",
        "enum: none",
        "enum: [[a], {b: c}]",
        "required: yes",
        "format: {}",
        "x-kubernetes-validations: none",
        "x-kubernetes-validations: [none, {rule: [a]}]",
        "x-kubernetes-list-map-keys: none",
        "items: none",
        "additionalProperties: [none]",
        "maximum: {a: b}",
        "x-kubernetes-int-or-string: [true]",
    ],
)
def test_a_keyword_of_a_wrong_shape_counts_for_nothing(oddity: str) -> None:
    field = spec_field(crd(f"size:\n  type: string\n  {oddity}\n"))

    assert (field.type, field.description, field.enum, field.format) == ("string", "", (), "")
    assert field.list_map_keys == ()
    assert field.children == ()


MERGED = """
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
spec:
  group: example.com
  names: {kind: Thing}
  versions:
  - name: v1
    schema:
      openAPIV3Schema:
        properties:
          spec:
            properties: &sizes
              size: {type: integer}
              depth: {type: integer}
          status:
            properties:
              <<: *sizes
              depth: {type: string}
          other:
            properties: null
"""


def test_a_merge_key_brings_fields_in_and_null_properties_are_none() -> None:
    (resource,) = read(MERGED).resources

    status = {f.name: f.type for f in resource.top(Section.STATUS)}

    assert status == {"size": "integer", "depth": "string"}
    assert resource.fields[-1].children == ()


RULED = """\
type: object
x-kubernetes-validations:
- rule: self.spec == oldSelf.spec
  reason: FieldValueForbidden
  fieldPath: .spec
  optionalOldSelf: true
properties:
  spec:
    type: object
    properties:
      grid:
        type: array
        x-kubernetes-list-type: map
        x-kubernetes-list-map-keys: [name]
        items:
          type: object
          x-kubernetes-validations: [{rule: self == oldSelf, message: rows stay}]
          additionalProperties:
            type: array
            maxItems: 3
            items: {type: string, format: date, enum: [a], maxLength: 9}
      rows:
        additionalProperties: {x-kubernetes-preserve-unknown-fields: true}
"""


def test_rules_on_the_whole_object_are_read_with_all_that_they_say() -> None:
    resource = only(read(schema_crd(RULED)))

    assert resource.validations == (
        Validation("self.spec == oldSelf.spec", "", "FieldValueForbidden", ".spec", True),  # noqa: FBT003 - in the order of the fields
    )


def test_all_levels_of_items_and_values_are_read() -> None:
    found = fields(only(read(schema_crd(RULED))))

    assert found["spec.grid"].levels == (
        Level("[]", "object", validations=(Validation("self == oldSelf", "rows stay"),)),
        Level("{}", "array", constraints=(("maxItems", "3"),)),
        Level("[]", "string", "date", ("a",), (("maxLength", "9"),)),
    )
    assert found["spec.grid"].list_type == "map"
    assert found["spec.rows"].levels == (Level("{}", "any", preserves_unknown=True),)
    assert found["spec"].levels == ()
