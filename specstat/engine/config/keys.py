"""The keys of a configuration: for each how it is read, its JSON Schema and what it is for.

The schema that is published and the page in the documentation are made from this table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from specstat.engine.config import fields as config_fields
from specstat.engine.config import policies as config_policies
from specstat.engine.config import values as config_values
from specstat.engine.config.layer import LAYER_KEYS, POLICY
from specstat.engine.config.nouns import NO_LAYER, Configuration, PathRules
from specstat.readers.settings import values
from specstat.readers.settings.items import Line
from specstat.readers.settings.keys import Key, Schema, mapping, object_of, read_keys
from specstat.readers.settings.places import Said

_TEXT: Schema = {"type": "string", "pattern": r"\S"}
_TEXTS: Schema = {"type": ["array", "null"], "items": _TEXT}
_FAIL_ON = ("error", "warning", "info", "never")


def _unnamed(pattern: str) -> str:
    """A pattern as all readers of JSON Schema understand it."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


def _extends(found: Configuration, line: Line, example: str) -> Configuration:
    return replace(found, extends=values.file(line, "the path of a file", example))


def _as_of(found: Configuration, line: Line, example: str) -> Configuration:
    rules = replace(found.rules, as_of=config_values.release(line, example))
    return replace(found, rules=rules)


def _layer_key(name: str) -> Key[Configuration]:
    """A key of layers, at the top of a configuration."""
    key = LAYER_KEYS[name]

    def read(found: Configuration, line: Line, example: str) -> Configuration:
        return replace(found, rules=key.read(found.rules, line, example))

    return Key(read, key.schema, key.wants, key.words, key.example)


def _paths(found: Configuration, line: Line, example: str) -> Configuration:
    wanted = f"{line.name} wants settings by pattern: {example}"
    paths = tuple(
        PathRules(
            config_values.glob(Said(inner.name, inner.place)),
            read_keys(
                LAYER_KEYS,
                NO_LAYER,
                values.lines(inner.item, f"{inner.name} wants settings: {example}"),
                f"{line.name}",
            ),
        )
        for inner in values.lines(line.item, wanted)
    )
    return replace(found, paths=paths)


def _exclude(found: Configuration, line: Line, example: str) -> Configuration:
    said = values.texts(line, "a list of patterns", example)
    return replace(found, exclude=tuple(map(config_values.glob, said)))


def _fields(found: Configuration, line: Line, _: str) -> Configuration:
    return replace(found, entries=tuple(config_fields.entries(line)))


def _weights(found: Configuration, line: Line, example: str) -> Configuration:
    return replace(found, weights=values.file(line, "the path of a file", example))


def _roots(found: Configuration, line: Line, example: str) -> Configuration:
    return replace(found, proto_roots=values.files(line, "a list of folders", example))


JUDGE_KEYS: Mapping[str, Key[Configuration]] = {
    "weights": Key(
        _weights,
        _TEXT,
        "a path",
        "A file that `specstat learn` wrote, to judge with. Loaded with `--trust` only.",
        "weights: ours.weights",
    ),
}
PROTO_KEYS: Mapping[str, Key[Configuration]] = {
    "roots": Key(
        _roots,
        _TEXTS,
        "a list of folders",
        "Folders that imports of .proto files begin at, beside the folders above each file.",
        "roots: [proto, third_party]",
    ),
}


def _within(
    keys: Mapping[str, Key[Configuration]],
) -> Callable[[Configuration, Line, str], Configuration]:
    """What reads a mapping of such keys."""

    def read(found: Configuration, line: Line, _: str) -> Configuration:
        example = next(iter(keys.values())).example
        lines = values.lines(line.item, f"{line.name} holds a line such as {example}")
        return read_keys(keys, found, lines, line.name)

    return read


def _packs(found: Configuration, line: Line, example: str) -> Configuration:
    return replace(found, packs=values.files(line, "a list of files", example))


def _plugins(found: Configuration, line: Line, example: str) -> Configuration:
    return replace(found, plugins=values.texts(line, "a list of names", example))


def _reason(found: Configuration, line: Line, example: str) -> Configuration:
    return replace(found, require_reason=values.boolean(line, example))


def _baseline(found: Configuration, line: Line, example: str) -> Configuration:
    return replace(found, baseline=values.file(line, "the path of a file", example))


def _fail_on(found: Configuration, line: Line, example: str) -> Configuration:
    return replace(found, fail_on=values.one_of(line, _FAIL_ON, example))


def _policies(found: Configuration, line: Line, example: str) -> Configuration:
    return replace(found, policies=config_policies.listed(line, example))


KEYS: Mapping[str, Key[Configuration]] = {
    "extends": Key(
        _extends,
        _TEXT,
        "a path",
        "Another configuration that this one is laid over: its mappings are merged, its lists and "
        "single values replaced by those given here. It lies within the same repository.",
        "extends: ../base.yaml",
    ),
    "profile": _layer_key("profile"),
    "rules-as-of": Key(
        _as_of,
        {"type": ["string", "number"], "pattern": r"^[0-9]+\.[0-9]+(\.[0-9]+)?$"},
        "a release",
        "Rules that came with later releases are off, unless one is named in full, so that a new "
        "release brings no new kinds of findings. It pins codes, not verdicts. Quote a release "
        "that ends in 0.",
        "rules-as-of: 0.1",
    ),
    "select": _layer_key("select"),
    "ignore": _layer_key("ignore"),
    "severity": _layer_key("severity"),
    "options": _layer_key("options"),
    "paths": Key(
        _paths,
        mapping(object_of(LAYER_KEYS), _TEXT),
        "settings by pattern",
        "Settings for some files, by patterns relative to the folder of the configuration: "
        "profile, select, ignore, severity and options. They are laid over what holds for all "
        "files; where several patterns match, later ones win.",
        'paths: {"legacy/**": {ignore: [SS3], severity: {SS101: warning}}}',
    ),
    "exclude": Key(
        _exclude,
        _TEXTS,
        "a list of patterns",
        "Files that are passed over when they are found in a folder, by patterns as in `paths`. A "
        "file that is named is always read, unless a hook passes it (`--as-found`).",
        'exclude: ["vendor/**"]',
    ),
    "fields": Key(
        _fields,
        mapping(_TEXT, {"pattern": f"^{_unnamed(config_fields.KEY)}$"}),
        "annotations by field",
        "Annotations of fields in generated or vendored files, by `[GROUP/]KIND.PATH`.",
        "fields: {Widget.status.token: purpose=instruction changes=never}",
    ),
    "packs": Key(
        _packs,
        _TEXTS,
        "a list of files",
        "Rule packs of your own.",
        "packs: [./api-rules.yaml]",
    ),
    "plugins": Key(
        _plugins,
        _TEXTS,
        "a list of names",
        "Python plugins, by the names of their entry points. Loaded with `--trust` only.",
        "plugins: [acme-rules]",
    ),
    "policies": Key(
        _policies,
        {"type": ["array", "null"], "items": {"anyOf": [_TEXT, {"$ref": f"#/$defs/{POLICY}"}]}},
        "a list of files or policies",
        "[Immutability policies](immutability.md): files, names of policies that come with "
        "specstat, or policies as such. Rules check the kinds that they speak of, and `specstat "
        "immutability` knows each by its name.",
        "policies: [policies/backup.yaml, agentrun]",
    ),
    "proto": Key(
        _within(PROTO_KEYS),
        object_of(PROTO_KEYS),
        "settings for .proto files",
        "How .proto files are read.",
        "proto: {roots: [proto, third_party]}",
    ),
    "judge": Key(
        _within(JUDGE_KEYS),
        object_of(JUDGE_KEYS),
        "settings of the judge",
        "What the judge goes by.",
        "judge: {weights: ours.weights}",
    ),
    "require-reason": Key(
        _reason,
        {"type": "boolean"},
        "true or false",
        "Whether a finding may be ignored only with a reason.",
        "require-reason: true",
    ),
    "baseline": Key(
        _baseline,
        _TEXT,
        "a path",
        "A file of findings that are known already and are not told again. That of the current "
        "folder's configuration counts for the whole run.",
        "baseline: specstat-baseline.json",
    ),
    "fail-on": Key(
        _fail_on,
        {"enum": list(_FAIL_ON)},
        "a severity",
        "From which severity on findings make the exit code 1: error, warning, info or never. "
        "warning where nothing is said.",
        "fail-on: error",
    ),
}
