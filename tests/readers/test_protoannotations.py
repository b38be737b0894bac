"""Field annotations of .proto files, in each of their forms."""

from __future__ import annotations

import time

import pytest

from specstat.model.directives import UNDECLARED, Declared
from tests.readers.protoapis import fields, read, widget
from tests.readers.support import told

ORDER = Declared(purpose="instruction")


@pytest.mark.parametrize(
    "declaration",
    [
        "// specstat: purpose=instruction\n string size = 1;",
        "//specstat: purpose=instruction\n string size = 1;",
        "/// specstat: purpose=instruction\n string size = 1;",
        "// Words.\n// specstat: purpose=instruction\n// More words.\n string size = 1;",
        "string size = 1; // specstat: purpose=instruction",
        "string size = 1; /* specstat: purpose=instruction */",
        "string size = 1;\n // specstat: purpose=instruction\n",
        "/* specstat: purpose=instruction */ string size = 1;",
        "/*\n * Words.\n * specstat: purpose=instruction\n */\n string size = 1;",
        "// specstat: purpose=instruction\r\n string size = 1;",
        "oneof way { // specstat: purpose=instruction\n string size = 1; }",
        "oneof way {\n // specstat: purpose=instruction\n string size = 1; }",
        "string size = 1 [(specstatapi.v1.field).purpose = PURPOSE_INSTRUCTION];",
        "string size = 1 [(specstatapi.v1.field) = {purpose: PURPOSE_INSTRUCTION}];",
        "string size = 1 [(.specstatapi.v1.field) = {purpose: 1}];",
        "string size = 1 [json_name = 's', (specstatapi.v1.field).purpose = PURPOSE_INSTRUCTION];",
    ],
)
def test_every_form_says_the_same(declaration: str) -> None:
    reading = read(widget(declaration))
    size = fields(reading.resources[0])["spec.size"]

    bound = "oneof way { //" not in declaration  # there it is the oneof's
    assert size.declared == (ORDER if bound else UNDECLARED)
    assert [p.code for p in reading.problems] == ([] if bound else ["SS005"])
    assert "specstat" not in size.description


def test_forms_are_laid_together() -> None:
    option = "(specstatapi.v1.field).changes = CHANGES_NEVER"
    more = "(specstatapi.v1.field).sensitive = true"
    text = widget(
        f"// specstat: purpose=instruction\n string size = 1 [{option}, {more}]; "
        "// specstat: set=creation"
    )
    size = fields(read(text).resources[0])["spec.size"]

    assert size.declared == Declared("instruction", "creation", "never", "", sensitive=True)


@pytest.mark.parametrize(
    ("declaration", "message"),
    [
        ("// specstat: purpos=instruction\n string size = 1;", "did you mean purpose?"),
        ("string size = 1; // specstat: purpose=instrution", "did you mean instruction?"),
        (
            "string size = 1 [(specstatapi.v1.field).purpos = PURPOSE_INSTRUCTION];",
            "did you mean purpose?",
        ),
        (
            "string size = 1 [(specstatapi.v1.field) = {purpose: PURPOSE_INSTRUKTION}];",
            "did you mean PURPOSE_INSTRUCTION?",
        ),
        ("// specstat:\n string size = 1;", "the annotation is empty"),
        ("string size = 1 [(specstatapi.v1.field) = {}];", "the option is empty"),
        ("string size = 1 [(specstatapi.v1.field) = PURPOSE_X];", "the option holds fields"),
    ],
)
def test_what_is_misspelt_is_told_with_a_suggestion(declaration: str, message: str) -> None:
    reading = read(widget(declaration))

    ((code, _),) = told(reading)
    assert code == "SS004"
    assert reading.problems[0].message.startswith("size: ")
    assert message in reading.problems[0].message


@pytest.mark.parametrize(
    "text",
    [
        widget("// specstat: purpose=instruction\n\n string size = 1;"),
        widget("string size = 1;\n\n // specstat: purpose=instruction\n"),
        widget() + "// specstat: purpose=instruction\n",
        "// specstat: purpose=instruction\n" + widget(),
        "// specstat: purpose=instruction\nmessage A {}\n",
        "enum A {\n // specstat: purpose=instruction\n B = 0; }",
        "message A { oneof a {\n // specstat: purpose=instruction\n\n string b = 1; } }",
        "message A { reserved 1; /* specstat: purpose=instruction */ }",
    ],
)
def test_what_stands_with_no_field_is_told(text: str) -> None:
    reading = read(text)

    assert [p.code for p in reading.problems] == ["SS005"]
    span = reading.problems[0].span
    assert span
    assert reading.source.text[span.start : span.end].startswith("specstat: purpose=instruction")


@pytest.mark.parametrize(
    "text",
    [
        widget("// This speaks of specstat: a tool.\n string size = 1;"),
        widget("// Words on specstat: a tool.\n\n string size = 1;"),
        widget() + "// Use comments (`// specstat: purpose=instruction`).\nmessage A {}\n",
        widget('string size = 1 [default = "specstat: purpose=x"];'),
        widget("string size = 1 [(other.v1.field).purpose = PURPOSE_INSTRUKTION];"),
        # Where statements are lost, an annotation may be theirs; the loss is told.
        "message A { // specstat: purpose=instruction\n string = 1; }",
    ],
)
def test_other_mentions_are_none(text: str) -> None:
    assert {p.code for p in read(text).problems} <= {"SS001"}


def test_annotations_that_disagree_are_told_with_both_places() -> None:
    declaration = "// specstat: purpose=instruction\n string size = 1 [{}];"
    option = "(specstatapi.v1.field).purpose = PURPOSE_OBSERVATION"
    reading = read(widget(declaration.replace("{}", option)))

    assert told(reading) == [("SS006", 10)]
    assert "instruction (line 9) against observation (line 10)" in reading.problems[0].message
    assert fields(reading.resources[0])["spec.size"].declared == ORDER


def test_annotations_of_messages_that_are_no_resource_are_checked_too() -> None:
    text = "message A { // Words.\n // specstat: purpos=instruction\n string a = 1; }"
    assert told(read(text)) == [("SS004", 2)]


def test_in_a_file_that_is_no_text_only_that_is_told() -> None:
    text = widget("// specstat: purpos=instruction\n string size = 1;")
    reading = read(text.encode() + b"// \xff\n")

    assert [p.code for p in reading.problems] == ["SS001"]
    assert reading.resources == ()


MANY = "specstat: purpose=instruction"


@pytest.mark.parametrize(
    "text",
    [
        widget(f"// {MANY}\n" * 20_000 + "string size = 1;"),
        widget(f"/*{MANY} *{'/'} /* " * 20_000 + "*/ string size = 1;"),
        widget("// " + "specstat: " * 100_000 + "\n string size = 1;"),
        widget("/*" + f"\n * {MANY}" * 20_000 + "*/ string size = 1;"),
        widget() + f"// {MANY}\n\n" * 20_000,
        widget() + "// Words.\n" * 200_000,
        widget(
            "string size = 1 [(specstatapi.v1.field) = " + "{a: " * 50_000 + "}" * 50_000 + "];"
        ),
        widget("string size = 1 [(specstatapi.v1.field)" + ".a" * 50_000 + " = 1];"),
        widget(f"string size = 1 [{','.join(['(specstatapi.v1.field).set = 1'] * 10_000)}];"),
        widget("E size = 1;", behind="enum E { " + f"{'A_' * 2_000}B = 1; " * 200 + "}"),
    ],
    ids=range(10),
)
def test_no_number_of_annotations_takes_long(text: str) -> None:
    start = time.process_time()
    assert len(read(text).resources) == 1
    assert time.process_time() - start < 4
