"""How profiles, configurations and command lines are laid over each other."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from specstat.engine.config.levels import Held, asked, levels, on, options, profile_of
from specstat.engine.config.loading import read
from specstat.engine.config.nouns import Layer
from specstat.model.diagnostic import Severity
from specstat.model.source import Source
from specstat.rules import profiles, registry, releases
from specstat.rules.releases import Releases

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def layer(text: str, path: str = "specstat.yaml") -> Layer:
    return read(Source(path, text)).rules


def of(*layers: Layer) -> Mapping[str, Held]:
    return levels(layers)


def test_without_a_word_the_recommended_profile_holds() -> None:
    held = of()

    assert held["SS101"] == Held(ERROR, "profile recommended")
    assert held["SS005"] == Held(WARNING, "default")
    assert on(held) == on(of(layer("profile: recommended")))


def test_the_last_profile_that_is_named_holds() -> None:
    found = profile_of([layer("profile: strict"), Layer(), layer("profile: aip")])
    assert found.value == "aip"
    assert profile_of([layer("profile: aip"), asked(profile="crossplane")]).value == "crossplane"
    assert of(layer("profile: aip"))["SS103"] == Held(INFO, "profile aip")


def test_a_severity_is_kept_with_its_place() -> None:
    held = of(layer("severity:\n  SS101: info\n  SS105: off\n  object-meta-repeated: error\n"))

    assert held["SS101"] == Held(INFO, "specstat.yaml:2")
    assert held["SS105"] == Held(None, "specstat.yaml:3")
    assert held["SS103"] == Held(ERROR, "specstat.yaml:4")
    assert held["SS102"].severity is ERROR


def test_the_more_exact_word_counts_in_whatever_order() -> None:
    for text in ("{SS1: off, SS10: info, SS101: error}", "{SS101: error, SS10: info, SS1: off}"):
        held = of(layer(f"severity: {text}"))
        assert held["SS101"].severity is ERROR
        assert held["SS102"].severity is INFO


def test_a_severity_switches_a_rule_on() -> None:
    off = layer("severity: {SS101: off}")

    assert of(off, layer("severity: {SS101: warning}"))["SS101"].severity is WARNING


def test_select_leaves_what_it_names_and_says_of_the_rest_why() -> None:
    held = of(layer("severity: {SS101: info}\nselect: [SS101, SS5]\n"))

    assert on(held) == {"SS101": INFO} | {
        code: severity
        for code, severity in profiles.profiles()["recommended"].levels.items()
        if code.startswith("SS5") and registry.shipped().find(code)
    }
    assert held["SS102"] == Held(None, "not in select (specstat.yaml:2)")


def test_an_empty_select_leaves_the_profile() -> None:
    assert on(of(layer("select: []"))) == on(of())


def test_what_is_off_or_ignored_is_not_selected_in_the_same_breath() -> None:
    held = of(layer("select: [SS1]\nseverity: {SS101: off}\nignore: [SS102]\n"))

    assert held["SS101"] == Held(None, "specstat.yaml:2")
    assert held["SS102"] == Held(None, "specstat.yaml:3")
    assert held["SS103"].severity is WARNING


def test_the_command_line_is_over_all() -> None:
    ours = layer("severity: {SS101: info, SS105: off}\nignore: [SS102, SS103]\n")

    held = of(ours, asked(select=["SS102"], ignore=["SS101"]))
    assert on(held) == {"SS102": ERROR}
    assert held["SS102"].origin == "command line"
    assert held["SS101"].origin == "command line"
    assert of(ours, asked(select=["SS1"]))["SS101"].severity is INFO
    assert of(ours, asked(select=["SS105"]))["SS105"].severity is ERROR


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if SS102 had come with 0.10, and SS103 and SS107 with 0.2."""
    table = Releases("0.1", {"0.2": ("SS103", "SS107"), "0.10": ("SS102",)})
    monkeypatch.setattr(releases, "releases", lambda: table)


@pytest.mark.usefixtures("newer")
@pytest.mark.parametrize(
    ("pin", "off"),
    [
        ("0.1", {"SS102", "SS103", "SS107"}),
        ("0.2", {"SS102"}),
        ("'0.10'", set()),
        ("0.2.5", {"SS102"}),
        ("9.0", set()),
    ],
)
def test_codes_of_later_releases_are_off(pin: str, off: set[str]) -> None:
    held = of(layer(f"rules-as-of: {pin}"))

    assert {code for code in on(of()) if code not in on(held)} == off
    for code in off:
        assert held[code].origin == f"rules-as-of {pin.strip(chr(39))} (specstat.yaml:1)"


@pytest.mark.usefixtures("newer")
def test_what_is_pinned_away_is_on_again_where_it_is_named_in_full() -> None:
    pinned = layer("rules-as-of: 0.1\nseverity: {SS1: error, SS102: info}\n")

    assert on(of(pinned)).keys() & {"SS102", "SS103"} == {"SS102"}
    assert "SS103" not in on(of(pinned, asked(select=["SS1"])))
    assert "SS103" in on(of(pinned, asked(select=["object-meta-repeated"])))


def test_the_last_word_on_an_option_counts() -> None:
    layers = [layer("options: {SS101: {a: 1, b: 2}}"), layer("options: {input-in-status: {a: 3}}")]

    assert [(o.code, o.name, o.value) for o in options(layers)] == [
        ("SS101", "a", 3),
        ("SS101", "b", 2),
    ]
