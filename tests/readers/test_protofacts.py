"""What options and comments say of a field."""

from __future__ import annotations

import pytest

from tests.readers.protoapis import field


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ("(buf.validate.field).string.min_len = 1", ("minLength", "1")),
        ("(buf.validate.field).string = {min_len: 1}", ("minLength", "1")),
        ("(buf.validate.field) = {string: {min_len: 1}}", ("minLength", "1")),
        ("(validate.rules).string.min_len = 1", ("minLength", "1")),
        ("(buf.validate.field).int32.lte = 0x10", ("maximum", "16")),
        ("(buf.validate.field).double.gt = 1.5", ("exclusiveMinimum", "1.5")),
        ("(buf.validate.field).double.gt = -2.0", ("exclusiveMinimum", "-2")),
        ('(buf.validate.field).string.pattern = "^a$"', ("pattern", "^a$")),
        ("(buf.validate.field).repeated.max_items = 3", ("maxItems", "3")),
        ("(buf.validate.field).repeated.items.string.max_len = 3", None),
        ("(buf.validate.field).map.keys.string.max_len = 3", None),
        ("(other.field).string.max_len = 3", None),
    ],
)
def test_a_validator_s_rules_are_constraints(option: str, expected: tuple[str, str] | None) -> None:
    assert field(f"string size = 1 [{option}];").constraints == ((expected,) if expected else ())


@pytest.mark.parametrize(
    ("option", "facts"),
    [
        ("(buf.validate.field).required = true", {"required": True}),
        ("(buf.validate.field).required = false", {"required": False}),
        ("(validate.rules).message.required = true", {"required": True}),
        ("default = 3", {"has_default": True, "default": "3"}),
        ('(acme.default) = "x"', {"has_default": True, "default": '"x"'}),
        ("(acme.options.default) = 3", {"has_default": True}),
        ("(acme.default_off) = true", {"has_default": False, "default": ""}),
        ("(buf.validate.field).string.uuid = true", {"format": "uuid"}),
        ("(buf.validate.field).string.uuid = false", {"format": ""}),
        ('(buf.validate.field).string = {in: ["a", "b"]}', {"enum": ("a", "b")}),
        ("(buf.validate.field).int32 = {in: [1, 2]}", {"enum": ()}),
        ("deprecated = true", {"declarations": ("deprecated",)}),
        ("deprecated = false", {"declarations": ()}),
        ("debug_redact = true", {"declarations": ("debug_redact",)}),
        ("debug_redact = false", {"declarations": ()}),
        (
            "(google.api.field_behavior) = OUTPUT_ONLY, (google.api.field_behavior) = REQUIRED",
            {"declarations": ("field_behavior=OUTPUT_ONLY", "field_behavior=REQUIRED")},
        ),
        (
            "(google.api.field_behavior) = [OUTPUT_ONLY, REQUIRED]",
            {"declarations": ("field_behavior=OUTPUT_ONLY", "field_behavior=REQUIRED")},
        ),
    ],
)
def test_options_are_facts(option: str, facts: dict[str, object]) -> None:
    size = field(f"string size = 1 [{option}];")
    assert {name: getattr(size, name) for name in facts} == facts


def test_a_label_says_required() -> None:
    assert field("required string size = 1;").required
    assert not field("optional string size = 1;").required


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("HUE_UNSPECIFIED = 0; HUE_RED = 1;", ("RED",)),
        ("UNSPECIFIED = 0; RED = 1;", ("RED",)),
        ("RED = 0; BLUE = 1;", ("RED", "BLUE")),
        ("REDDISH = 0; RED = 1;", ("REDDISH", "RED")),
        ("HUE_RED = 0; HUE_RED_DARK = 1;", ("RED", "RED_DARK")),
        ("HUE_RED = 0;", ("HUE_RED",)),
        ("HUE_UNSPECIFIED = 0;", ()),
        ("", ()),
    ],
)
def test_values_of_an_enum_are_told_without_their_prefix(
    values: str, expected: tuple[str, ...]
) -> None:
    assert field("Hue size = 1;", behind=f"enum Hue {{ {values} }}").enum == expected


@pytest.mark.parametrize(
    ("comments", "expected"),
    [
        ("// One.\n// Two.\n {}", "One.\nTwo."),
        ("/* One.\n  * Two. */ {}", "One.\nTwo."),
        ("// One.\n {} // Two.", "One.\n\nTwo."),
        ("// One.\n\n {}", ""),
        ("// +optional\n// One.\n// buf:lint:ignore X\n {}", "One."),
        ("//\n// One.\n//\n {}", "One."),
        ("/// One.\n/// Two / three // four.\n {}", "One.\nTwo / three // four."),
        ("//////////\n// One.\n//////////\n {}", "One."),
        ("// /etc/size is read.\n {}", "/etc/size is read."),
        ("// One.\r\n// Two.\r\n {}", "One.\nTwo."),
    ],
)
def test_comments_are_the_description(comments: str, expected: str) -> None:
    assert field(comments.format("string size = 1;")).description == expected
