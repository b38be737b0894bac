"""What a configuration file may hold, and what is told of one that holds something else."""

from __future__ import annotations

import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specstat.engine.config.loading import NOTHING, ConfigError, Configuration, read
from specstat.model.directives import Declared
from specstat.model.source import Source


def config(text: str) -> Configuration:
    return read(Source("specstat.yaml", text))


def refused(text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        config(text)
    return str(caught.value)


def test_fields_are_declared_with_or_without_the_mark_and_the_group() -> None:
    found = config(
        "# ours\n"
        "fields:\n"
        "  Run.status.callback_token: purpose=instruction changes=never # as agreed\n"
        "  certs.example.com/Cert.spec.names[].text: 'specstat: sensitive'\n"
    )
    assert [(e.group, e.kind, e.path, e.directive.declared) for e in found.entries] == [
        ("", "Run", "status.callback_token", Declared("instruction", changes="never")),
        ("certs.example.com", "Cert", "spec.names[].text", Declared(sensitive=True)),
    ]
    assert [found.where(e) for e in found.entries] == ["specstat.yaml:3", "specstat.yaml:4"]
    assert [e.key for e in found.entries] == [
        "Run.status.callback_token",
        "certs.example.com/Cert.spec.names[].text",
    ]


def test_an_entry_with_a_group_speaks_of_that_group_alone() -> None:
    found = config("fields: {b.io/Cert.spec.x: sensitive, Cert.spec.y: sensitive}")

    assert [e.path for e in found.of_kind("b.io", "Cert")] == ["spec.x", "spec.y"]
    assert [e.path for e in found.of_kind("a.io", "Cert")] == ["spec.y"]
    assert found.of_kind("b.io", "Run") == ()


@pytest.mark.parametrize(
    "text", ["", "\n", "# nothing yet\n", "fields:\n", "fields: {}\n", "--- \n...\n", "fields: ~"]
)
def test_a_configuration_may_say_nothing(text: str) -> None:
    assert config(text).entries == NOTHING.entries == ()


def test_one_text_may_stand_for_several_fields() -> None:
    found = config("fields:\n  A.spec.x: &words sensitive\n  B.spec.x: *words\n")
    assert [e.directive.declared.sensitive for e in found.entries] == [True, True]


def named(text: str) -> tuple[str, str]:
    """The weights file that a text names, and the text at its place."""
    found = config(text).weights
    assert found is not None
    return found.path, text[found.span.start : found.span.end]


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("ours.weights", "ours.weights"),
        ("'../a b.bin'", "../a b.bin"),
        ('"7"', "7"),
        ("2024-01-01.bin", "2024-01-01.bin"),
        ("1.2.3", "1.2.3"),
    ],
)
def test_a_weights_file_is_named_for_the_judge(written: str, path: str) -> None:
    assert named(f"judge:\n  weights: {written} # learned in May\n") == (path, written)
    assert named(f"fields: {{}}\njudge: {{weights: {written}}}\n") == (path, written)


@pytest.mark.parametrize("text", ["", "fields: {}", "judge:", "judge: {}", "judge: ~"])
def test_no_weights_file_need_be_named(text: str) -> None:
    assert config(text).weights is None


WANTS_A_PATH = "weights wants the path of a file: weights: ours.weights"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "fields:\n  Widget:\n    status: sensitive\n",
            '2:3: Widget is no field; write its whole path as one key in quotes: "Widget.status"',
        ),
        (
            "ignore: &a [SS1]\n<<: {select: *a}\n",
            "2:1: << merges nothing here; write out what the anchor holds",
        ),
        ("field:\n", "1:1: unknown key 'field'; did you mean fields?"),
        (
            "fields: {}\nrules: {}\n",
            ("2:1: unknown key 'rules'; did you mean rules-as-of?"),
        ),
        ("- fields\n", "1:1: a configuration is a mapping of keys, such as ignore: [SS309]"),
        ("fields\n", "1:1: a configuration is a mapping of keys, such as ignore: [SS309]"),
        (
            "fields:\n  - Widget.spec.size\n",
            "2:3: fields holds a line a field, such as Widget.spec.size: sensitive",
        ),
        (
            "fields:\n  spec.size: sensitive\n",
            (
                "2:3: 'spec.size' is no kind and field; write [GROUP/]KIND.PATH, such as "
                "Widget.spec.size"
            ),
        ),
        (
            "fields:\n  Widget: sensitive\n",
            "2:3: 'Widget' is no kind and field; write [GROUP/]KIND.PATH, such as Widget.spec.size",
        ),
        (
            "fields:\n  [a]: sensitive\n",
            "2:3: '' is no kind and field; write [GROUP/]KIND.PATH, such as Widget.spec.size",
        ),
        (
            "fields:\n  Widget.spec.size:\n    purpose: instruction\n",
            (
                "3:5: Widget.spec.size wants the words of an annotation: "
                "Widget.spec.size: purpose=instruction"
            ),
        ),
        (
            "fields:\n  Widget.spec.size:\n",
            "2:3: Widget.spec.size: the annotation is empty; write for example purpose=instruction",
        ),
        (
            "fields:\n  Widget.spec.size: changes=nevr\n",
            "2:21: Widget.spec.size: unknown changes 'nevr'; did you mean never?",
        ),
        (
            "fields:\n  Widget.spec.size: sensitive\n  Widget.spec.size: sensitive\n",
            "3:3: 'Widget.spec.size' stands twice; keep one",
        ),
        (
            "fields: {}\n---\nfields: {}\n",
            "3:1: a second document; a configuration is a single one",
        ),
        ("fields:\n\tWidget.spec.size: sensitive\n", "2:1: a tab where YAML wants spaces"),
        ("juge: {}\n", "1:1: unknown key 'juge'; did you mean judge?"),
        ("judge: ours.weights\n", "1:8: judge holds a line such as weights: ours.weights"),
        ("judge:\n  - weights\n", "2:3: judge holds a line such as weights: ours.weights"),
        (
            "judge: {weight: a}\n",
            "1:9: unknown key 'weight' in judge; did you mean weights?",
        ),
        (
            "judge:\n  weights: a\n  model: b\n",
            "3:3: unknown key 'model' in judge; judge knows weights",
        ),
        ("judge: {weights: a, weights: b}\n", "1:21: 'weights' stands twice; keep one"),
        *(
            (f"judge:\n  weights: {value}\n", f"2:{column}: {WANTS_A_PATH}")
            for value, column in (
                ("", 3),
                ("~", 3),
                ("''", 3),
                ("7", 12),
                ("-1.5e3", 12),
                ("true", 12),
                ("No", 12),
                ("[a]", 12),
                ("{a: b}", 12),
            )
        ),
    ],
)
def test_what_cannot_be_used_is_told_with_its_place(text: str, told: str) -> None:
    assert refused(text) == f"specstat.yaml:{told}"
    assert refused(text.replace("\n", "\r\n")) == f"specstat.yaml:{told}"


PIECES = [
    "fields",
    "judge",
    "weights",
    "A.spec.b",
    "x.io/",
    "sensitive",
    "purpose=",
    "&a ",
    "*a",
    "<<",
    "---\n",
    "\n  ",
]


@given(st.text() | st.lists(st.sampled_from([*PIECES, *":- {}[]'\"#?~\n\t\r"])).map("".join))
def test_whatever_stands_there_is_used_or_told(text: str) -> None:
    try:
        config(text)
    except ConfigError as error:
        assert re.match(r"specstat\.yaml:[1-9]\d*:[1-9]\d*: \S", str(error))  # noqa: PT017 - either may be


def test_a_configuration_can_be_sent_to_another_process() -> None:
    found = config("fields:\n  Widget.spec.size: sensitive\njudge: {weights: a.bin}\n")
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - pickled right here
