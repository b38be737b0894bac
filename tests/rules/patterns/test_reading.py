"""Packs as texts: what stands in them, and what is told of those that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from specstat.model.diagnostic import Severity
from specstat.model.source import Source
from specstat.rules.patterns.reading import PackError, load, read
from tests.rules.patterns.support import HEAD, field, resource, rule, told


def refused(text: str, *, shipped: bool = False) -> str:
    with pytest.raises(PackError) as caught:
        read(Source("rules.yaml", text), shipped=shipped)
    return str(caught.value)


MATCH = "  match: {section: spec}\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "1:1: the pack is empty; it begins with rules:"),
        ("# nothing\n", "1:1: the pack is empty; it begins with rules:"),
        ("- a\n", "1:1: a pack is a mapping, with lines such as `key: value`"),
        ("rules: {}\n", "1:8: a pack holds rules: and below it a list"),
        ("rules: []\n", "1:8: an empty list"),
        ("ruls: []\n", "1:1: unknown key 'ruls' in a pack; did you mean rules?"),
        ("rules: [\n", "2:1: not valid YAML"),
        ("rules: []\n---\nrules: []\n", "3:1: a second document"),
        ("rules: []\nrules: []\n", "2:1: 'rules' stands twice; keep one"),
        ("rules:\n- code: ACME001\n", "2:3: a rule without name; it has code, name and message"),
        (HEAD, "2:3: a rule without match or when would report everything"),
        (HEAD + "  match: {}\n", "5:10: match is empty"),
        (HEAD + "  mach: {}\n", "5:3: unknown key 'mach' in a rule; did you mean match?"),
        (HEAD + "  match: {nam: x}\n", "5:11: unknown key 'nam' in match; did you mean name?"),
        (HEAD + "  match: {field: {name: x}}\n", "5:11: unknown key 'field' in match"),
        (HEAD + "  match: {section: sepc}\n", "5:20: unknown section 'sepc'; did you mean spec?"),
        (HEAD + "  match: {required: maybe}\n", "5:21: required wants true or false"),
        (HEAD + "  match: {required: 'true'}\n", "5:21: required wants true or false"),
        (HEAD + "  match: {name: [a, '(b']}\n", "5:21: name: a ( that is never closed"),
        (HEAD + "  match: {name: []}\n", "5:17: an empty list"),
        (HEAD + "  match: {name: {}}\n", "5:17: name wants a text"),
        (HEAD + "  match: {depth: one}\n", "5:18: depth wants a whole number"),
        (HEAD + "  match: {declared: {purpose: wish}}\n", "5:31: unknown declared.purpose 'wish'"),
        (HEAD + "  match: {resource: {scales: true}}\n", "5:22: unknown key 'scales' in resource"),
        (HEAD + MATCH + '  help: "\\e[2J"\n', "6:9: message holds U+001B, which steers a terminal"),
        (HEAD + MATCH + "  severity: fatal\n", "6:13: unknown severity 'fatal'; there are info, w"),
        (HEAD + MATCH + "  scope: run\n", "6:10: unknown scope 'run'; there are field, resource"),
        (
            HEAD + MATCH + "  help: '{nam}'\n",
            "6:9: {nam} stands for nothing (write {{ for a brace itself); did you mean name?",
        ),
        (HEAD + MATCH + "  help: 'is {name'\n", "6:9: a brace stands alone; write {name}, or {{"),
        (HEAD + "  match: {type: strng}\n", "5:17: unknown type 'strng'; did you mean string?"),
        (
            HEAD + "  match: {depth: {min: 3, max: 1}}\n",
            "5:18: no depth is at least 3 and at most 1; swap min and max",
        ),
        (HEAD + MATCH + "  page: {wat: a}\n", "6:10: unknown key 'wat' in page; did you mean wh"),
        (HEAD + MATCH + "  examples: {worse: []}\n", "6:14: unknown key 'worse' in examples"),
        (
            HEAD + "  when: field.required\n",
            "5:9: when is code, and this pack is named by",
        ),
        (HEAD.replace("ACME001", "SS101") + MATCH, "2:9: SS101: codes that begin with SS are spe"),
        (HEAD.replace("ACME001", "acme") + MATCH, "2:9: 'acme' is no code; write capital letters"),
        (HEAD.replace("made-up", "Made_Up") + MATCH, "3:9: 'Made_Up' is no name; write small wor"),
        (HEAD + MATCH + HEAD[7:] + MATCH, "6:3: ACME001 stands on line 2 already"),
        (
            HEAD + MATCH + HEAD[7:].replace("ACME001", "ACME002") + MATCH,
            "6:3: made-up stands on line 2 already",
        ),
    ],
)
def test_what_cannot_be_used_is_told_with_its_place(text: str, wanted: str) -> None:
    assert refused(text).startswith(f"rules.yaml:{wanted}")


def test_matches_within_each_other_without_end_are_refused() -> None:
    deep = "{not: " * 200 + "{name: a}" + "}" * 200

    assert "more than 20 deep" in refused(f"{HEAD}  match: {deep}\n")


def test_only_shipped_rules_may_have_our_codes() -> None:
    text = HEAD.replace("ACME001", "SS999") + MATCH

    assert read(Source("rules.yaml", text), shipped=True).rules[0].code == "SS999"


def test_a_rule_is_a_warning_unless_it_says_more() -> None:
    assert rule("match: {section: spec}").severity is Severity.WARNING
    assert rule("match: {section: spec}\nseverity: error").severity is Severity.ERROR


def test_messages_and_help_speak_of_the_field() -> None:
    text = HEAD.replace("is made up", "'{name} ({type}) of {kind} {version} at {path}, {{so}}'")
    (made,) = read(
        Source("r.yaml", f"{text}{MATCH}  help: move {{name}} out of {{section}}\n")
    ).rules

    (finding,) = told(made, resource(field("size", type="integer")))

    assert finding.message == "size (integer) of Widget v1 at spec.size, {so}"
    assert finding.help == ("move size out of spec",)
    assert "Tells what the name (the type) of the kind the version at the path, {so}." in made.page
    assert "- move the name out of the section" in made.page


def test_a_page_is_made_of_its_parts_or_of_what_there_is() -> None:
    bare = rule("match: {section: spec}\nhelp: leave it")
    parts = rule("match: {section: spec}\npage: {summary: One line., why: For this., source: Us.}")
    whole = rule("match: {section: spec}\npage: |\n  One line.\n\n  ## What it does\n\n  All.")

    assert bare.page == (
        "Made up.\n\n## What it does\n\nTells what is made up.\n\n## How to fix it\n\n- leave it"
    )
    assert parts.page.split("\n\n")[::2] == [
        "One line.",
        "Tells what is made up.",
        "For this.",
        "Us.",
    ]
    assert whole.page == "One line.\n\n## What it does\n\nAll."


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_bytes(b"rules: \xff\xfe\n")

    with pytest.raises(PackError, match=r"rules\.yaml:1:"):
        load(str(path), trusted=False)
