"""What of a configuration makes sense for the rules that there are."""

from __future__ import annotations

import pytest

from specstat.engine.config.loading import read
from specstat.engine.config.mistakes import as_default, fits, refuse_mistakes
from specstat.model.source import Source
from specstat.readers.settings.places import ConfigError
from specstat.rules import ss101_input_in_status as ss101

OPTIONS = {"max": 10, "share": 0.5, "names": ("a",), "deep": False, "word": "x"}


@pytest.fixture(autouse=True)
def options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ss101, "OPTIONS", OPTIONS, raising=False)


def refused(text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        refuse_mistakes(read(Source("specstat.yaml", text)))
    return str(caught.value).removeprefix("specstat.yaml:")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ignore: [SS1O1]", "1:10: unknown code SS1O1; did you mean SS101?"),
        ("ignore: ['SS3*']", "1:10: unknown code SS3*; write SS3 for all that begin so"),
        (
            "severity: {SS101: off, SS1: info, input-in-status: error}",
            "1:35: SS101 and input-in-status are the same rule; keep one of them",
        ),
        ("select: [a, SS1]", "1:10: unknown code a; specstat rules lists all"),
        (
            "severity:\n  input-in-statis: off",
            "2:3: unknown code input-in-statis; did you mean SS101?",
        ),
        (
            "paths: {a: {ignore: [SS9]}}",
            "1:22: unknown code SS9; ",
        ),
        ("profile: strct", "1:10: unknown profile 'strct'; did you mean strict?"),
        (
            "profile: mine",
            (
                "1:10: unknown profile 'mine'; there are recommended, strict, kubebuilder, "
                "crossplane, krm-proto, aip"
            ),
        ),
        ("paths: {a: {profile: x}}", "1:22: unknown profile 'x'; there are"),
        ("options: {SS1: {max: 1}}", "1:11: SS1 means 6 rules; options want a single one"),
        ("options: {SS101: {mx: 1}}", "1:19: unknown option 'mx' of SS101; did you mean max?"),
        (
            "options: {SS101: {limit: 1}}",
            "1:19: unknown option 'limit' of SS101; SS101 has max, share, names, deep, word",
        ),
        ("options: {SS102: {max: 1}}", "1:19: unknown option 'max' of SS102; SS102 has no options"),
        ("options: {SS001: {max: 1}}", "1:19: unknown option 'max' of SS001; SS001 has no options"),
        (
            "options: {SS101: {max: many}}",
            "1:24: max of SS101 wants a whole number, such as 10",
        ),
        ("options: {SS101: {max: true}}", "1:24: max of SS101 wants a whole number, such as 10"),
        ("options: {SS101: {max: }}", "1:19: max of SS101 wants a whole number, such as 10"),
        ("options: {SS101: {max: {a: 1}}}", "1:24: max of SS101 wants a whole number, such as 10"),
        ("options: {SS101: {share: x}}", "1:26: share of SS101 wants a number, such as 0.5"),
        ("options: {SS101: {names: x}}", "1:26: names of SS101 wants a list of texts"),
        ("options: {SS101: {names: [1]}}", "1:26: names of SS101 wants a list of texts"),
        ("options: {SS101: {deep: 1}}", "1:25: deep of SS101 wants true or false, such as false"),
        ("options: {SS101: {word: 1}}", "1:25: word of SS101 wants a text, such as x"),
    ],
)
def test_what_makes_no_sense_is_told_with_its_place(text: str, told: str) -> None:
    assert refused(text).startswith(told)


@pytest.mark.parametrize(
    "text",
    [
        "ignore: [SS1, ss101, input-in-status]",
        "options: {SS101: {max: 3, share: 1, names: [x], deep: yes, word: y}}",
        "options: {input-in-status: {max: 3}}",
        "options: {SS101: {names: []}}",
        "options: {SS101: }",
        "severity: {SS0: off}",
    ],
)
def test_what_makes_sense_passes(text: str) -> None:
    refuse_mistakes(read(Source("specstat.yaml", text)))


@pytest.mark.parametrize(
    ("value", "default", "expected"),
    [(1, 0.5, 1.0), (("a",), ["b"], ["a"]), (("a", "a"), frozenset("b"), frozenset("a"))],
)
def test_a_value_takes_the_type_of_its_default(
    value: object, default: object, expected: object
) -> None:
    assert fits(value, default)
    assert as_default(value, default) == expected
    assert type(as_default(value, default)) is type(default)
