from __future__ import annotations

import time
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specstat.model.directives import (
    UNDECLARED,
    WORDS,
    Declared,
    Directive,
    disagreement,
    in_comment,
    in_description,
    override,
    parse,
    without_directives,
)

EVERY_PAIR = [f"{key}={value}" for key, values in WORDS.items() for value in values]
ATTRIBUTE = {"purpose": "purpose", "set": "set_when", "changes": "changes"}
# Text that comes close to the grammar now and then.
NEARLY = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            [*EVERY_PAIR, "specstat:", "sensitive", "echo-of=spec.a", "=", "#", "\n", " ", ".", ";"]
        ),
    ),
    max_size=12,
).map("".join)


def error_of(text: str) -> str:
    (error,) = parse(text).errors
    return error


def purpose_of(directive: Directive | None) -> str | None:
    return directive and directive.declared.purpose


@pytest.mark.parametrize("pair", EVERY_PAIR)
def test_every_word_of_the_grammar_is_read(pair: str) -> None:
    key, _, value = pair.partition("=")
    directive = parse(pair)
    said = asdict(directive.declared)

    assert directive.errors == ()
    assert said == asdict(UNDECLARED) | {ATTRIBUTE[key]: value}


def test_all_words_can_stand_together_in_any_order() -> None:
    text = "sensitive  echo-of=spec.size\tchanges=set-once set=creation purpose=allocation"
    assert parse(text) == Directive(
        Declared("allocation", "creation", "set-once", "spec.size", sensitive=True)
    )


def test_no_number_of_loose_pairs_takes_long() -> None:
    start = time.perf_counter()
    assert len(parse("purpose = instruction " * 20_000).errors) > 20_000
    assert time.perf_counter() - start < 5


@given(
    st.fixed_dictionaries({key: st.sampled_from(values) for key, values in WORDS.items()}),
    st.permutations([*WORDS, "sensitive"]),
)
def test_well_formed_annotations_are_read_whatever_their_order(
    pairs: dict[str, str], order: list[str]
) -> None:
    text = " ".join(f"{key}={pairs[key]}" if key in pairs else key for key in order)

    assert parse(text) == Directive(
        Declared(pairs["purpose"], pairs["set"], pairs["changes"], sensitive=True)
    )


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("purpse=instruction", "did you mean purpose?"),
        ("purpose=instrution", "did you mean instruction?"),
        ("purpose=Instruction", "did you mean instruction?"),
        ("set=creaton", "did you mean creation?"),
        ("changes=nevr", "did you mean never?"),
        ("change=never", "did you mean changes?"),
        ("echo_of=spec.size", "did you mean echo-of?"),
        ("sensitiv", "did you mean sensitive?"),
        ("sensitive=true", "did you mean sensitive?"),
        ("PURPOSE=instruction", "did you mean purpose?"),
    ],
)
def test_a_misspelling_gets_a_suggestion(text: str, suggestion: str) -> None:
    assert suggestion in error_of(text)


def test_where_nothing_is_close_the_known_words_are_listed() -> None:
    assert "known are purpose, set, changes, echo-of, sensitive" in error_of("zzz=1")
    assert "known are instruction, observation, identity, allocation" in error_of("purpose=zzz")


@pytest.mark.parametrize("text", ["purpose", "purpose="])
def test_a_missing_value_is_told_with_those_that_may_stand_there(text: str) -> None:
    assert error_of(text) == (
        "purpose wants a value: purpose=instruction|observation|identity|allocation"
    )


@pytest.mark.parametrize("between", [" = ", " =", "= ", ": ", ":"])
def test_a_pair_written_loosely_is_told_once_and_counts(between: str) -> None:
    loose = f"purpose{between}instruction"
    said = parse(f"sensitive {loose} changes=never")

    assert said.declared == Declared(purpose="instruction", changes="never", sensitive=True)
    assert said.errors == (f"write purpose=instruction, with = and no blank, not {loose!r}",)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("purpose=instruction purpose=instruction", "purpose"),
        ("purpose=instruction purpose=observation", "purpose"),
        ("sensitive sensitive", "sensitive"),
        ("echo-of=spec.a echo-of=spec.b", "echo-of"),
    ],
)
def test_a_repeated_word_is_told_and_the_first_counts(text: str, word: str) -> None:
    directive = parse(text)

    assert directive.errors == (f"{word} stands twice in the annotation",)
    assert directive.declared == parse(text.split(maxsplit=1)[0]).declared


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_annotation_is_told(text: str) -> None:
    assert "empty" in error_of(text)
    assert not parse(text).declared


@pytest.mark.parametrize(
    "path",
    [
        "spec.size",
        "spec.tasks[].name",
        "status.regions{}.weight",
        "spec.grid[][].height",
        "metadata.name",
        "spec.pod_template.host-network",
    ],
)
def test_echo_of_takes_every_path_a_field_can_have(path: str) -> None:
    assert parse(f"echo-of={path}") == Directive(Declared(echo_of=path))


@pytest.mark.parametrize("path", ["", "size", "spec", "spec.", ".spec.size", "spec.size[0]"])
def test_echo_of_refuses_what_is_no_path(path: str) -> None:
    assert "wants a field path such as spec.size" in error_of(f"echo-of={path}")


def test_good_words_count_beside_bad_ones() -> None:
    directive = parse("purpose=identity colour=blue changes=never")

    assert len(directive.errors) == 1
    assert directive.declared == Declared(purpose="identity", changes="never")


def test_nothing_declared_is_false() -> None:
    assert not UNDECLARED
    assert Declared(sensitive=True)


@pytest.mark.parametrize(
    "comment",
    [
        "# specstat: purpose=instruction",
        "#specstat:purpose=instruction",
        "#\tspecstat:\tpurpose=instruction",
        "## specstat: purpose=instruction",
        "// specstat: purpose=instruction",
        "# specstat: purpose=instruction # see the design",
        "# specstat: purpose=instruction\t# purpose=observation",
    ],
)
def test_a_comment_holds_an_annotation_up_to_a_second_comment(comment: str) -> None:
    assert in_comment(comment) == Directive(Declared(purpose="instruction"))


@pytest.mark.parametrize(
    "comment",
    ["#", "# The size.", "# see specstat: purpose=instruction", "# specstat purpose=instruction"],
)
def test_other_comments_are_none(comment: str) -> None:
    assert in_comment(comment) is None


def test_a_comment_with_a_hash_inside_a_word_goes_on() -> None:
    directive = in_comment("# specstat: sensitive#1")
    assert directive is not None
    assert "sensitive#1" in directive.errors[0]


@pytest.mark.parametrize(
    "description",
    [
        "specstat: purpose=instruction",
        "The size.\nspecstat: purpose=instruction",
        "The size.\n\n  specstat: purpose=instruction\nIn litres.",
        "The size.\nspecstat: purpose=instruction\n---\nInternal.",
        "The size. specstat: purpose=instruction",
        "The size. specstat: purpose=instruction In litres.",
        "The size. specstat: purpose=instruction. In litres.",
        "specstat: purpose=instruction In litres, and no more than two.",
    ],
)
def test_a_description_holds_an_annotation_on_its_own_line_or_joined(description: str) -> None:
    assert in_description(description) == Directive(Declared(purpose="instruction"))


def test_joined_text_ends_at_the_first_capital_letter() -> None:
    directive = in_description("Token. specstat: set=creation; sensitive. Purpose=none of yours.")
    assert directive == Directive(Declared(set_when="creation", sensitive=True))


@pytest.mark.parametrize(
    "description",
    [
        "",
        "The size.",
        "Checked by specstat: see the handbook.",
        "Written for specstat:",
        "nospecstat: purpose=instruction",
    ],
)
def test_prose_is_no_annotation(description: str) -> None:
    assert in_description(description) is None


@pytest.mark.parametrize(
    ("description", "error"),
    [
        ("The size.\nspecstat: instruction", "unknown word 'instruction'"),
        ("The size.\nspecstat:", "empty"),
        ("The size. specstat: purpos=instruction", "did you mean purpose?"),
        ("The size.\nspecstat: Purpose=instruction", "did you mean purpose?"),
        ("The size.\nspecstat: purpose=instruction Changes=never", "did you mean changes?"),
        ("The size.\nspecstat: Sensitive", "did you mean sensitive?"),
    ],
)
def test_a_faulty_annotation_in_a_description_is_told(description: str, error: str) -> None:
    directive = in_description(description)
    assert directive is not None
    assert error in directive.errors[0]


def test_an_annotation_is_found_behind_prose_that_speaks_of_the_tool() -> None:
    description = "Checked by specstat: see the handbook.\nspecstat: purpose=instruction"
    assert purpose_of(in_description(description)) == "instruction"


def test_annotations_on_several_lines_all_count() -> None:
    directive = in_description("The size.\nspecstat: purpose=instruction\nspecstat: changes=never")
    assert directive == Directive(Declared(purpose="instruction", changes="never"))


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("The size.", "The size."),
        ("The size.\nspecstat: sensitive", "The size."),
        ("specstat: sensitive\nThe size.", "The size."),
        ("The size.\n  specstat: sensitive\n\nIn litres.", "The size.\n\nIn litres."),
        ("specstat: sensitive", ""),
        ("Checked by specstat: see there.", "Checked by specstat: see there."),
    ],
)
def test_people_read_the_description_without_its_annotation_lines(
    description: str, expected: str
) -> None:
    assert without_directives(description) == expected


def test_annotations_that_say_different_things_do_not_disagree() -> None:
    first = Declared(purpose="instruction", sensitive=True)
    second = Declared(set_when="creation", changes="never", echo_of="spec.size")

    expected = Declared("instruction", "creation", "never", "spec.size", sensitive=True)
    assert disagreement(first, second) is None
    assert disagreement(expected, expected) is None
    assert override(first, second) == override(second, first) == expected


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        (
            "purpose=instruction",
            "purpose=observation",
            ("purpose", "instruction", "observation"),
        ),
        ("set=creation", "set=reconcile", ("set", "creation", "reconcile")),
        ("changes=never", "changes=lifecycle", ("changes", "never", "lifecycle")),
        ("echo-of=spec.a", "echo-of=spec.b", ("echo-of", "spec.a", "spec.b")),
    ],
)
def test_a_disagreement_names_the_word_and_what_each_says(
    first: str, second: str, clash: tuple[str, str, str]
) -> None:
    assert disagreement(parse(first).declared, parse(second).declared) == clash


@given(NEARLY)
def test_no_text_is_too_strange_to_parse(text: str) -> None:
    assert isinstance(parse(text), Directive)
    assert in_comment("#" + text) is None or "specstat:" in text
    assert in_description(text) is None or "specstat:" in text
    assert len(without_directives(text)) <= len(text)


def test_a_second_annotation_takes_the_place_of_a_first_word_by_word() -> None:
    first = Declared(purpose="observation", set_when="creation", sensitive=True)
    second = Declared(purpose="instruction", changes="never", echo_of="spec.a")

    assert override(first, second) == Declared(
        "instruction", "creation", "never", "spec.a", sensitive=True
    )
    assert override(first, Declared()) == first
