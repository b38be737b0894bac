"""The table of keys: each key reads its own example, and refuses what it does not want."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from specstat.engine.config.keys import JUDGE_KEYS, KEYS, PROTO_KEYS
from specstat.engine.config.layer import LAYER_KEYS
from specstat.engine.config.loading import load, read
from specstat.engine.config.mistakes import refuse_mistakes
from specstat.engine.config.nouns import Configuration
from specstat.model.diagnostic import Severity
from specstat.model.source import Source
from specstat.readers.settings.keys import Key
from specstat.readers.settings.places import ConfigError


def config(text: str) -> Configuration:
    return read(Source("specstat.yaml", text))


def refused(text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        config(text)
    return str(caught.value).removeprefix("specstat.yaml:")


@pytest.mark.parametrize("name", KEYS)
def test_each_key_reads_its_example(name: str) -> None:
    found = config(KEYS[name].example)

    assert list(yaml.safe_load(KEYS[name].example)) == [name]
    assert found != Configuration(found.source)
    refuse_mistakes(found)


@pytest.mark.parametrize("name", LAYER_KEYS)
def test_settings_for_some_files_take_the_same(name: str) -> None:
    inner = json.dumps(yaml.safe_load(LAYER_KEYS[name].example))
    (block,) = config(f'paths: {{"a/**": {inner}}}').paths

    assert block.glob.value.text == "a/**"
    assert block.rules


@pytest.mark.parametrize(("outer", "keys"), [("judge", JUDGE_KEYS), ("proto", PROTO_KEYS)])
def test_inner_keys_read_their_examples(outer: str, keys: Mapping[str, Key[Configuration]]) -> None:
    for key in keys.values():
        assert config(f"{outer}: {{{key.example}}}") != config("")


def test_each_key_is_documented() -> None:
    for key in (*KEYS.values(), *JUDGE_KEYS.values(), *PROTO_KEYS.values()):
        assert key.words.endswith(".")
        assert key.wants


def test_values_are_kept_with_their_places() -> None:
    found = config(
        "profile: strict\nselect: [SS1]\nignore:\n- SS104\nseverity: {SS101: off, SS3: error}\n"
        "proto: {roots: [proto]}\nrequire-reason: yes\nbaseline: known.json\nfail-on: never\n"
        "packs: [./a.yaml]\nplugins: [acme]\nrules-as-of: 0.3\nextends: ../base.yaml\n"
    )
    rules = found.rules

    assert rules.profile is not None
    assert (rules.profile.value, rules.profile.place.brief) == ("strict", "specstat.yaml:1")
    assert [said.value for said in rules.select or ()] == ["SS1"]
    assert [(said.value, said.place.exact) for said in rules.ignore or ()] == [
        ("SS104", "specstat.yaml:4:3")
    ]
    assert [(loud.word, loud.severity) for loud in rules.severity[0]] == [
        ("SS101", None),
        ("SS3", Severity.ERROR),
    ]
    assert [root.path for root in found.proto_roots or ()] == ["proto"]
    assert found.require_reason is not None
    assert found.require_reason.value
    assert found.baseline is not None
    assert found.baseline.path == "known.json"
    assert found.fail_on is not None
    assert found.fail_on.value == "never"
    assert [pack.file.as_posix() for pack in found.packs or ()] == ["a.yaml"]
    assert [plugin.value for plugin in found.plugins or ()] == ["acme"]
    assert rules.as_of is not None
    assert rules.as_of.value == "0.3"
    assert found.extends is not None
    assert found.extends.path == "../base.yaml"


@pytest.mark.parametrize("name", ["select", "ignore", "exclude", "packs", "plugins", "severity"])
def test_what_is_left_empty_says_nothing(name: str) -> None:
    assert config(f"{name}:\n") is not None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("profle: strict", "1:1: unknown key 'profle'; did you mean profile?"),
        ("profile: [strict]", "1:10: profile wants the name of a profile: profile: strict"),
        ("profile:", "1:1: profile wants the name of a profile: profile: strict"),
        ("select: SS1", "1:9: select wants a list of codes: select: [SS1, missing-conditions]"),
        ("ignore: [7]", "1:10: ignore wants a list of codes: ignore: [SS309]"),
        ("ignore: {SS1: x}", "1:9: ignore wants a list of codes: ignore: [SS309]"),
        ("severity: {SS1: wrning}", "1:17: unknown severity 'wrning'; did you mean warning?"),
        (
            "severity: {SS1: loud}",
            "1:17: unknown severity 'loud'; there are error, warning, info, off",
        ),
        (
            "severity: {SS1: on}",
            "1:17: severity wants one of error, warning, info, off: SS1: error",
        ),
        (
            "severity: [SS1]",
            (
                "1:11: severity wants a severity for each code: severity: {SS309: warning, "
                "SS4: info, status-without-subresource: off}"
            ),
        ),
        ("options: 7", "1:10: options wants options by rule: options: {SS303: {allow: [owner]}}"),
        (
            "options: {SS313: 7}",
            "1:18: SS313 wants its options: options: {SS303: {allow: [owner]}}",
        ),
        (
            "paths: [a]",
            (
                '1:8: paths wants settings by pattern: paths: {"legacy/**": {ignore: [SS3], '
                "severity: {SS101: warning}}}"
            ),
        ),
        (
            'paths: {"a/**": {fields: {}}}',
            (
                "1:18: unknown key 'fields' in paths; paths knows profile, select, ignore, "
                "severity, options"
            ),
        ),
        (
            "paths:\n  a**: {}",
            (
                "2:3: the pattern 'a**' holds ** beside other characters; it stands alone between "
                "slashes"
            ),
        ),
        (
            "exclude: [/a]",
            (
                "1:11: the pattern '/a' begins with a slash; write it from the configuration's "
                "folder on"
            ),
        ),
        ("exclude: a", '1:10: exclude wants a list of patterns: exclude: ["vendor/**"]'),
        ("require-reason: 1", "1:17: require-reason wants true or false: require-reason: true"),
        ("fail-on: warn", "1:10: unknown fail-on 'warn'; did you mean warning?"),
        (
            "fail-on: off",
            "1:10: fail-on wants one of error, warning, info, never: fail-on: error",
        ),
        ("rules-as-of: 0.10", '1:14: without quotes 0.10 is the number 0.1; write "0.10"'),
        ("rules-as-of: 1", "1:14: rules-as-of wants a release: rules-as-of: 0.1"),
        ("rules-as-of: '1'", "1:14: '1' is no release; write one such as \"0.10\""),
        ("rules-as-of: v0.1", "1:14: 'v0.1' is no release; write one such as \"0.10\""),
        ("proto: {root: [a]}", "1:9: unknown key 'root' in proto; did you mean roots?"),
        (
            "proto: {roots: a}",
            "1:16: roots wants a list of folders: roots: [proto, third_party]",
        ),
        ("extends: [a]", "1:10: extends wants the path of a file: extends: ../base.yaml"),
        (
            "baseline: 7",
            "1:11: baseline wants the path of a file: baseline: specstat-baseline.json",
        ),
        ("[a]: b", "1:1: unknown key ''; a configuration knows"),
    ],
)
def test_what_a_key_does_not_want_is_told(text: str, told: str) -> None:
    if told.endswith("knows"):
        assert refused(text).startswith(told)
    else:
        assert refused(text) == told


@pytest.mark.parametrize("text", ["0.3", "'0.10'", '"1.0"', "0.1.2", "1.0"])
def test_a_release_may_be_a_number_where_that_is_the_same(text: str) -> None:
    as_of = config(f"rules-as-of: {text}").rules.as_of

    assert as_of is not None
    assert as_of.value == text.strip("'\"")


def test_toml_is_told_by_the_path_of_the_key(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text('[tool.specstat.severity]\nSS101 = "wrning"\n', encoding="utf-8")

    with pytest.raises(ConfigError) as caught:
        load(path.as_posix())

    assert str(caught.value) == (
        f"{path.as_posix()}: tool.specstat.severity.SS101: unknown severity 'wrning'; "
        "did you mean warning?"
    )
