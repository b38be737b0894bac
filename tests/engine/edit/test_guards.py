"""Rules come into a CRD, and everything else stays as it was, byte for byte."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from specstat.engine.edit.annotate import RefusedError
from specstat.engine.edit.guardlists import KEY
from specstat.engine.edit.guards import Definition, definition_of, splice
from specstat.model.reading import UnreadableError
from specstat.model.source import Source
from specstat.readers import crd as crd_reader
from specstat.readers import template
from specstat.readers.decoding import decode
from specstat.readers.nodes import text_of
from specstat.readers.yamltree import dig, load
from tests.readers.support import FIXTURES, ROOT

CORPUS = ROOT.parent / "shared" / "corpus" / "crds"
POLICY = "things"
MARK = f" (policy {POLICY})"
RULES: tuple[dict[str, str | bool], ...] = (
    {
        "rule": "!has(oldSelf.spec) || (has(self.spec) && self.spec.a == 'x: \"y\" # z')",
        "message": f"spec.a: must not change{MARK}",
        "reason": "Forbidden",
        "fieldPath": ".spec.a",
    },
    {"rule": "oldSelf.hasValue()", "message": f"é{MARK}", "optionalOldSelf": True},
)
HEAD = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
spec:
  group: example.com
  names: {kind: Thing}
  versions:
  - name: v1
    served: true
    schema:
      openAPIV3Schema:
"""


def thing(schema: str, head: str = HEAD) -> Definition:
    return definition_of(Source("thing.yaml", head + schema), "example.com", "Thing")


def spliced(definition: Definition, *versions: str) -> str:
    return splice(definition, dict.fromkeys(versions or ("v1",), RULES), POLICY).text


def again(definition: Definition, text: str) -> Definition:
    return definition_of(Source(definition.source.path, text), "example.com", "Thing")


def without_added(before: str, after: str) -> bool:
    """Whether taking away one run of text gives the text before."""
    size = len(after) - len(before)
    head = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), None)
    head = len(before) if head is None else head
    return size > 0 and after[:head] + after[head + size :] == before


def test_rules_go_behind_the_last_key_of_a_schema() -> None:
    text = spliced(thing("        type: object\n    storage: true\n"))
    assert text == HEAD + (
        "        type: object\n"
        "        x-kubernetes-validations:\n"
        "        - rule: '!has(oldSelf.spec) || (has(self.spec) && self.spec.a == "
        "''x: \"y\" # z'')'\n"
        f"          message: 'spec.a: must not change{MARK}'\n"
        "          reason: Forbidden\n"
        "          fieldPath: .spec.a\n"
        "        - rule: oldSelf.hasValue()\n"
        f"          message: 'é{MARK}'\n"
        "          optionalOldSelf: true\n"
        "    storage: true\n"
    )


def test_dashes_stand_as_deep_as_the_file_has_them() -> None:
    text = spliced(thing("        type: object\n        required:\n          - spec\n"))
    assert "\n        x-kubernetes-validations:\n          - rule: " in text


def test_a_second_run_changes_nothing() -> None:
    definition = thing("        type: object\n")
    once = spliced(definition)
    assert spliced(again(definition, once)) == once


def test_a_changed_policy_replaces_its_own_rules_and_no_others() -> None:
    theirs = "- rule: self.a == 1  # theirs\n"
    schema = f"        type: object\n        x-kubernetes-validations:\n        {theirs}"
    definition = thing(f"{schema}        # of the list\n    storage: true\n")
    once = spliced(definition)
    assert without_added(definition.source.text, once)
    rules = ({"rule": "self.b == 2", "message": f"b{MARK}"},)
    twice = splice(again(definition, once), {"v1": rules}, POLICY).text
    assert twice == definition.source.text.replace(
        theirs, f"{theirs}        - rule: self.b == 2\n          message: 'b{MARK}'\n"
    ).replace("'b (policy things)'", "b (policy things)")


def test_rules_of_another_policy_stay() -> None:
    definition = thing("        type: object\n")
    once = spliced(definition)
    other = splice(again(definition, once), {"v1": [{"rule": "a", "message": "x (policy y)"}]}, "y")
    assert without_added(once, other.text)


def test_lines_that_end_as_on_windows_stay_so() -> None:
    definition = thing("        type: object\n    storage: true\n".replace("\n", "\r\n"))
    text = spliced(thing(definition.source.text.removeprefix(HEAD)))
    assert text.removeprefix(HEAD).count("\r\n") == text.removeprefix(HEAD).count("\n")


def test_a_text_without_an_end_of_its_last_line_gets_none() -> None:
    text = spliced(thing("        type: object"))
    assert text.endswith("optionalOldSelf: true")


@pytest.mark.parametrize(
    "schema",
    [
        "        {type: object}\n",
        "        {type: object, x-kubernetes-validations: []}\n",
        "        {type: object, x-kubernetes-validations: [{rule: a, message: b}]}\n",
        '        {\n          "type": "object"\n        }\n',
        "        "
        + json.dumps({"type": "object", KEY: [{"rule": "a"}]}, indent=2).replace(
            "\n", "\n" + " " * 8
        )
        + "\n",
        "        type: object\n        x-kubernetes-validations: []\n",
        "        &root\n        type: object\n",
        "        description: |+\n          Words.\n\n\n",
        "        # above\n        type: object # behind\n        # below\n    # far\n",
        "        type: object\n        required: [spec,\n          status]\n",
    ],
)
def test_every_way_to_write_a_schema_is_kept(schema: str) -> None:
    definition = thing(schema)
    text = spliced(definition)
    assert without_added(definition.source.text, text)
    assert spliced(again(definition, text)) == text
    rules = ({"rule": "self.b == 2", "message": f"b{MARK}"},)
    other = splice(again(definition, text), {"v1": rules}, POLICY).text
    assert other == splice(definition, {"v1": rules}, POLICY).text


def test_json_keeps_its_indent() -> None:
    text = (FIXTURES / "crds" / "widget.json").read_text()
    definition = any_definition(Source("widget.json", text))
    name = next(iter(definition.versions()))
    after = splice(definition, {name: RULES}, POLICY).text
    assert without_added(text, after)
    assert not [line for line in after.splitlines() if len(line) > 150]


def any_definition(source: Source) -> Definition:
    tree, templated = template.load(source.text)
    crd = next(each for d in tree.documents for each in crd_reader.definitions(d))
    return Definition(source, tree, crd, templated)


def test_all_documents_and_items_of_a_list_are_looked_through() -> None:
    other = HEAD.replace("Thing", "Other") + "        type: object\n"
    listed = "apiVersion: v1\nkind: List\nitems:\n- " + (
        HEAD + "        type: object\n    storage: true\n"
    ).replace("\n", "\n  ")
    text = f"{other}---\n{listed}\n"
    definition = definition_of(Source("x.yaml", text), "example.com", "Thing")
    after = spliced(definition)
    assert without_added(text, after)
    assert after.index(MARK) > text.index("kind: List")


def test_a_schema_that_versions_share_is_edited_once_and_only_for_both() -> None:
    schema = "        &it\n        type: object\n"
    text = f"{schema}  - {{name: v2, schema: {{openAPIV3Schema: *it}}}}\n"
    assert without_added(HEAD + text, spliced(thing(text), "v1", "v2"))
    with pytest.raises(RefusedError, match="an anchor shares"):
        spliced(thing(text), "v1")


@pytest.mark.parametrize(
    ("schema", "why"),
    [
        ("        <<: {}\n        type: object\n", "merges another one with <<"),
        ("        type: object\n        x-kubernetes-validations: 5\n", "that is no list"),
        (
            "        type: object\n" + "        x-kubernetes-validations: []\n" * 2,
            "twice",
        ),
        ("        5\n", "has no openAPIV3Schema"),
        ("        type: object\n        {{- if .x }}\n        required: [a]\n", "directives"),
    ],
)
def test_what_cannot_be_edited_is_refused_with_the_reason(schema: str, why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        spliced(thing(schema))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a: [", "x.yaml:1: "),
        ("a: 1", "it has no CRD"),
        (HEAD.replace("Thing", "Other") + "        5\n", "it has example.com/Other"),
        (f"{HEAD}        5\n---\n{HEAD}        5\n", "more than once, on lines 1 and 14"),
    ],
)
def test_a_text_without_the_one_kind_is_refused(text: str, why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        definition_of(Source("x.yaml", text), "example.com", "Thing")


def test_definitions_of_the_older_api_are_refused() -> None:
    definition = thing("        type: object\n", HEAD.replace("io/v1", "io/v1beta1"))
    with pytest.raises(RefusedError, match=r"v1beta1; only .* knows"):
        spliced(definition)


def test_conditions_of_a_template_around_a_definition_stay() -> None:
    text = (
        "{{- if .Values.crds }}\n" + HEAD + "        type: object\n    storage: true\n{{- end }}\n"
    )
    definition = definition_of(Source("x.yaml", text), "example.com", "Thing")
    assert without_added(text, spliced(definition))


FOLDED = {
    "message": f"b{MARK}",
    "rule": "!has(self.spec) || self.spec.some == oldSelf.spec.some || (has(self.spec.a) ?"
    " self.spec.a == oldSelf.spec.a : !has(oldSelf.spec.a))",
}


@pytest.mark.parametrize(
    "behind",
    ["", "\n", "\n        # words\n", "\n        - rule: self.b\n          message: own\n"],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_rule_on_several_lines_is_known_again_and_replaced(behind: str, ending: str) -> None:
    rules = "        type: object\n        x-kubernetes-validations:\n        - rule: self.a"
    text = (rules + behind).replace("\n", ending)
    head = HEAD.replace("\n", ending)
    edited = splice(thing(text, head), {"v1": [FOLDED]}, POLICY).text
    assert f"rule: >-{ending}" in edited
    assert without_added(head + text, edited)
    again = thing(edited[len(head) :], head)
    assert splice(again, {"v1": [FOLDED]}, POLICY).text == edited
    replaced = splice(again, {"v1": RULES}, POLICY).text
    assert replaced == splice(thing(text, head), {"v1": RULES}, POLICY).text


def corpus() -> list[Path]:
    found = sorted(CORPUS.rglob("*.y*ml"))
    return random.Random(6).sample(found, 120) if found else []  # noqa: S311 - not for secrets


def definitions(path: Path) -> Iterator[Definition]:
    source = decode(path.as_posix(), path.read_bytes())[0]
    try:
        tree, templated = template.load(source.text)
    except UnreadableError:
        return
    for document in tree.documents:
        for crd in crd_reader.definitions(document):
            if text_of(crd.get("apiVersion")).endswith("/v1"):
                yield Definition(source, tree, crd, templated)


def plain(text: str) -> Any:  # noqa: ANN401 - as nested as the file
    return list(yaml.load_all(text, Loader=yaml.CBaseLoader))


@pytest.mark.parametrize("path", sorted((FIXTURES / "crds").glob("*")), ids=lambda p: p.name)
def test_nothing_changes_in_the_fixtures_but_the_lines_of_the_rules(path: Path) -> None:
    for definition in definitions(path):
        check(definition)


def test_nothing_changes_in_real_definitions_but_the_lines_of_the_rules() -> None:
    if not corpus():
        pytest.skip("no corpus of real definitions beside the checkout")
    checked = sum(check(each) for path in corpus() for each in definitions(path))
    assert checked > 100


def check(definition: Definition) -> bool:
    """Splice into each version by itself; whether there was one to splice into."""
    before = definition.source.text
    named = [
        name
        for name, own in definition.versions().items()
        if dig(own, "schema", "openAPIV3Schema", "type") is not None
    ]
    for name in named:
        after = splice(definition, {name: RULES}, POLICY).text
        assert without_added(before, after), (definition.source.path, name)
        tree = load(after)
        crd = next(
            each
            for d in tree.documents
            for each in crd_reader.definitions(d)
            if each.start == definition.crd.start
        )
        edited = Definition(Source(definition.source.path, after), tree, crd)
        assert splice(edited, {name: RULES}, POLICY).text == after
    return bool(named)
