from __future__ import annotations

import json

import pytest

from specstat.model.directives import Declared
from specstat.model.reading import Reading
from tests.readers.support import HEAD, crd, cut, fields, only, read, schema_crd, spec_field, told

INSTRUCTION = Declared(purpose="instruction")
ANNOTATIONS = "  annotations:\n    specstat.dev/fields: "


def annotated(value: object, body: str = "size: {type: string}") -> str:
    """A CRD whose annotation holds this value as JSON, or this text as it is."""
    text = value if isinstance(value, str) else "'" + json.dumps(value) + "'"
    head = HEAD.replace("metadata:\n", f"metadata:\n{ANNOTATIONS}{text}\n")
    return crd(body, head=head)


def declared(reading: Reading, path: str = "spec.size") -> Declared:
    (resource,) = reading.resources
    return fields(resource)[path].declared


@pytest.mark.parametrize(
    "body",
    [
        "# specstat: purpose=instruction\nsize: {type: string}",
        "size: {type: string} # specstat: purpose=instruction",
        "size: # specstat: purpose=instruction\n  type: string",
        "# The size.\n# specstat: purpose=instruction\n# In litres.\nsize: {type: string}",
        "# specstat: purpose=instruction  # see the design\nsize: {type: string}",
        "size:\n  description: 'specstat: purpose=instruction'",
        "size:\n  description: |-\n    The size.\n    specstat: purpose=instruction",
        "size:\n  description: 'The size. specstat: purpose=instruction In litres.'",
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_comments_and_descriptions_annotate_their_field(body: str, line_end: str) -> None:
    text = crd(f"before: {{}}\n{body}\nafter: {{}}\n").replace("\n", line_end)
    found = fields(only(read(text)))

    assert {path: field.declared for path, field in found.items() if field.declared} == {
        "spec.size": INSTRUCTION
    }


@pytest.mark.parametrize("words", ["purpose=instruction", "specstat: purpose=instruction"])
def test_the_annotation_of_the_crd_annotates_fields(words: str) -> None:
    reading = read(annotated({"spec.size": words}))

    assert reading.problems == ()
    assert declared(reading) == INSTRUCTION


def test_the_annotation_of_the_crd_reaches_every_depth() -> None:
    body = "a: {items: {properties: {b: {additionalProperties: {properties: {c: {}}}}}}}"
    reading = read(annotated({"spec.a[].b{}.c": "sensitive", "spec": "changes=never"}, body))

    assert reading.problems == ()
    assert declared(reading, "spec.a[].b{}.c") == Declared(sensitive=True)
    assert declared(reading, "spec") == Declared(changes="never")


def test_the_annotation_of_the_crd_may_name_a_field_of_any_version() -> None:
    old = "  - {name: v1alpha1, schema: {openAPIV3Schema: {properties: {old: {}}}}}\n"
    reading = read(annotated({"old": "sensitive", "spec.size": "sensitive"}) + old)

    assert reading.problems == ()
    assert [r.version for r in reading.resources] == ["v1", "v1alpha1"]
    assert fields(reading.resources[1])["old"].declared.sensitive


def test_all_forms_come_together() -> None:
    body = """
        # specstat: purpose=instruction
        size: # specstat: set=creation
          description: |-
            The size.
            specstat: changes=never
          type: string
        """
    reading = read(annotated({"spec.size": "sensitive purpose=instruction"}, body))

    assert reading.problems == ()
    assert declared(reading) == Declared("instruction", "creation", "never", sensitive=True)


def test_a_field_keeps_its_comments_and_its_description_without_annotation() -> None:
    field = spec_field(
        crd("""
            # The size.
            # specstat: sensitive
            size: # behind
              description: |-
                How large.
                specstat: set=creation
                In litres.
            """)
    )
    assert field.comments == ("# The size.", "# specstat: sensitive", "# behind")
    assert field.description == "How large.\nIn litres."


def test_a_field_without_an_annotation_keeps_its_comments_too() -> None:
    assert spec_field(crd("# The size.\nsize: {type: string}")).comments == ("# The size.",)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("# specstat: purpse=instruction\nsize: {}", "# specstat: purpse=instruction"),
        ("size: {} # specstat: purpse=instruction", "# specstat: purpse=instruction"),
        ("size: {description: 'specstat: purpse=instruction'}", "'specstat: purpse=instruction'"),
    ],
)
def test_a_malformed_annotation_is_told_where_it_stands(body: str, place: str) -> None:
    reading = read(crd(body))

    (problem,) = reading.problems
    assert problem.code == "SS004"
    assert problem.message.startswith("spec.size: ")
    assert "did you mean purpose?" in problem.message
    assert problem.span is not None
    assert cut(reading, problem.span) == place
    assert len(reading.resources) == 1


def test_an_annotation_of_the_crd_that_is_nearly_ours_is_told_at_its_name() -> None:
    text = annotated({"spec.size": "purpose=instruction"}).replace("dev/fields", "dev/field")
    reading = read(text)

    (problem,) = reading.problems
    assert problem.code == "SS004"
    assert problem.message == (
        "unknown annotation specstat.dev/field; did you mean specstat.dev/fields?"
    )
    assert problem.span is not None
    assert cut(reading, problem.span) == "specstat.dev/field"


def test_malformed_words_in_the_annotation_of_the_crd_are_told_there_once() -> None:
    schema = "{properties: {spec: {properties: {size: {}}}}}"
    old = f"  - {{name: v1alpha1, schema: {{openAPIV3Schema: {schema}}}}}\n"
    reading = read(annotated({"spec.size": "purpose=wish changes=never"}) + old)

    assert told(reading) == [("SS004", 5)]
    assert "unknown purpose 'wish'" in reading.problems[0].message
    assert fields(reading.resources[0])["spec.size"].declared == Declared(changes="never")


@pytest.mark.parametrize(
    "value",
    [
        "purpose=instruction",
        "'{\"spec.size\": '",
        "'[\"spec.size\"]'",
        "'\"spec.size\"'",
        "'{\"spec.size\": null}'",
        '\'{"spec.size": {"purpose": "instruction"}}\'',
        "''",
        "null",
        "'" + "[" * 100_000 + "'",
    ],
)
def test_an_annotation_of_the_crd_that_is_no_object_of_texts_is_told(value: str) -> None:
    reading = read(annotated(value))

    assert told(reading) == [("SS004", 5)]
    assert "specstat.dev/fields" in reading.problems[0].message
    assert '{"spec.size": "purpose=instruction"}' in reading.problems[0].message
    assert len(reading.resources) == 1


@pytest.mark.parametrize("value", ["{spec.size: sensitive}", "[sensitive]"])
def test_an_annotation_of_the_crd_that_is_no_text_is_told(value: str) -> None:
    assert told(read(annotated(value))) == [("SS004", 5)]


@pytest.mark.parametrize("path", ["spec.sise", "size", "status.size", "spec.size[]", ""])
def test_an_annotation_of_the_crd_that_names_no_field_is_told(path: str) -> None:
    reading = read(annotated({path: "sensitive", "spec.size": "sensitive"}))

    assert told(reading) == [("SS005", 5)]
    assert f"names {path}, which is no field" in reading.problems[0].message
    assert declared(reading) == Declared(sensitive=True)


@pytest.mark.parametrize(
    "body",
    [
        "# specstat: sensitive\n\nsize: {}",
        "size: {}\n# specstat: sensitive\n",
        "size:\n  # specstat: sensitive\n  type: string",
        "size:\n  type: string # specstat: sensitive",
        "size:\n  enum:\n  - a # specstat: sensitive",
    ],
)
def test_a_comment_that_stands_with_no_field_is_told_there(body: str) -> None:
    reading = read(crd(body))

    assert [problem.code for problem in reading.problems] == ["SS005"]
    (problem,) = reading.problems
    assert problem.span is not None
    assert cut(reading, problem.span) == "# specstat: sensitive"
    assert not declared(reading)


def test_comments_that_are_no_annotations_may_stand_anywhere() -> None:
    only(read("# licence\n\n" + crd("size:\n  # the type\n  type: string\n\n# end")))


def test_in_a_broken_definition_no_comment_is_blamed_for_its_lost_field() -> None:
    reading = read(crd("size: none\nmore: {} # specstat: sensitive"))
    assert [code for code, _ in told(reading)] == ["SS001"]


def test_beside_a_broken_definition_a_lost_comment_is_told_all_the_same() -> None:
    reading = read(crd("size: none") + "---\n" + crd("size: {}\n# specstat: sensitive\n"))
    assert [code for code, _ in told(reading)] == ["SS001", "SS005"]


def test_in_a_broken_version_no_path_is_blamed_for_its_lost_field() -> None:
    broken = "  - {name: v2, schema: none}\n"
    assert [code for code, _ in told(read(annotated({"spec.x": "sensitive"}) + broken))] == [
        "SS001"
    ]


@pytest.mark.parametrize(
    ("text", "line", "places"),
    [
        (
            crd("# specstat: purpose=instruction\nsize: {} # specstat: purpose=observation"),
            19,
            ("line 18", "line 19"),
        ),
        (
            crd(
                "# specstat: purpose=instruction\nsize:\n"
                "  description: 'specstat: purpose=observation'"
            ),
            20,
            ("line 18", "line 20"),
        ),
        (
            annotated(
                {"spec.size": "purpose=observation"},
                "# specstat: purpose=instruction\nsize: {}",
            ),
            5,
            ("line 20", "the annotation specstat.dev/fields"),
        ),
    ],
)
def test_annotations_that_disagree_are_told_at_the_second_with_both_places(
    text: str, line: int, places: tuple[str, str]
) -> None:
    reading = read(text)

    assert told(reading) == [("SS006", line)]
    assert reading.problems[0].message == (
        f"spec.size: two annotations disagree on purpose: instruction ({places[0]}) against "
        f"observation ({places[1]})"
    )
    assert declared(reading) == INSTRUCTION


def test_the_root_sections_can_be_annotated() -> None:
    text = schema_crd("""\
        properties:
          # specstat: changes=never
          spec: {properties: {size: {}}}
        """)
    assert only(read(text)).fields[0].declared == Declared(changes="never")
