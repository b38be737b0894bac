"""Texts of policies become terms; every mistake is told with its place and what to do."""

from __future__ import annotations

import pytest

from specstat.immutability.language.reading import kebab, of_values, read
from specstat.immutability.paths import parse
from specstat.immutability.terms import (
    Always,
    ConditionTest,
    Creation,
    FieldTest,
    KeyTest,
    Mode,
    PolicyError,
    Terms,
    Word,
)
from specstat.model.source import Source

WHOLE = """
name: print-run
kind: press.example.com/PrintRun
crd: ../crds/runs.yaml
default: immutable
immutable:
  spec.paper: until-accepted
  spec.id: never
  spec.rack: set-once
  spec.notes: append-only
mutable: [spec.copies, 'metadata.labels["a.b/c"]']
locked-when:
  - condition: Accepted
  - {field: status.phase, not-in: [Pending], absent: Pending}
  - {field: spec.draft, in: [false, 3]}
  - creation
  - always
exempt-when:
  - {label: example.com/template, in: ["true"]}
  - annotation: example.com/sample
  - condition: Sample=False
terminal: {field: status.phase, in: [Done]}
owned: {labels: [press.example.com/], by: [system:controller]}
record: status.specHash
on-violation:
  phase: Failed
  phase-field: status.state
  conditions: {Ready: false, Done: "Unknown"}
  reason: Changed
  event: false
mode: warn
toggle: PRESS_ENFORCED
"""


def only(text: str) -> Terms:
    (terms,) = read(Source("p.yaml", text))
    return terms


def complaint(text: str) -> str:
    with pytest.raises(PolicyError) as caught:
        read(Source("p.yaml", text))
    return str(caught.value)


def test_a_whole_policy_is_read() -> None:
    terms = only(WHOLE)

    assert (terms.name, terms.group, terms.kind) == ("print-run", "press.example.com", "PrintRun")
    assert (terms.crd, terms.default_fixed, terms.mode) == ("../crds/runs.yaml", True, Mode.WARN)
    assert [n.word for n in terms.fixed] == [
        Word.UNTIL_ACCEPTED,
        Word.NEVER,
        Word.SET_ONCE,
        Word.APPEND_ONLY,
    ]
    assert terms.open[1].path == ("metadata", "labels", "a.b/c")
    assert terms.locked_when == (
        ConditionTest("Accepted"),
        FieldTest(("status", "phase"), ("Pending",), negated=True, absent="Pending"),
        FieldTest(("spec", "draft"), ("false", "3")),
        Creation(),
        Always(),
    )
    assert terms.exempt_when == (
        KeyTest("labels", "example.com/template", ("true",)),
        KeyTest("annotations", "example.com/sample"),
        ConditionTest("Sample", "False"),
    )
    assert terms.terminal == FieldTest(("status", "phase"), ("Done",))
    assert terms.owned.by == ("system:controller",)
    assert terms.record == ("status", "specHash")
    assert terms.on_violation.conditions == (("Ready", "False"), ("Done", "Unknown"))
    assert terms.on_violation.phase_field == ("status", "state")
    assert (terms.on_violation.event, terms.toggle) == (False, "PRESS_ENFORCED")


def test_what_is_not_said_has_a_default() -> None:
    terms = only("kind: PrintRun\nimmutable: [spec.paper]\n")

    assert (terms.name, terms.group) == ("print-run", "")
    assert terms.locked_when == (Creation(),)
    assert terms.fixed[0].word is Word.UNTIL_ACCEPTED
    assert terms.mode is Mode.ENFORCE
    assert not terms.default_fixed


def test_paths_and_keys_have_their_places() -> None:
    terms = only("kind: PrintRun\nimmutable: [spec.paper]\n")

    assert terms.source.text[slice(*terms.fixed[0].span)] == "spec.paper"
    assert terms.source.position(terms.span_of("immutable").start).line == 2
    assert terms.span_of("record") == terms.span_of("policy")


def test_a_file_holds_a_policy_a_document() -> None:
    text = "kind: A\ndefault: immutable\n---\nkind: B\nimmutable: [spec.c]\n"

    assert [t.name for t in read(Source("p.yaml", text))] == ["a", "b"]


@pytest.mark.parametrize("text", ["---\n{}---\n", "{}---\n---\n# more\n", "---\n---\n{}"])
def test_a_document_with_nothing_in_it_is_passed_over(text: str) -> None:
    assert only(text.format("kind: A\nimmutable: [spec.b]\n")).name == "a"


def test_a_number_in_quotes_is_the_text_that_it_is() -> None:
    terms = only(FIXED + "terminal: {field: status.a, in: ['0x1F', \"1.5\"]}")

    assert terms.terminal == FieldTest(("status", "a"), ("0x1F", "1.5"))


def test_plain_values_are_read_like_a_file() -> None:
    terms = of_values({"kind": "g.io/A", "immutable": {"spec.b": "never"}, "mode": "warn"})

    assert terms.fixed[0].path == parse("spec.b")
    with pytest.raises(PolicyError, match=r"^policy\.mode: unknown mode 'wran'; did you mean warn"):
        of_values({"kind": "A", "default": "immutable", "mode": "wran"})


@pytest.mark.parametrize(
    ("kind", "name"),
    [("AgentRun", "agent-run"), ("Job", "job"), ("HTTPRoute", "http-route"), ("V2Pod", "v2-pod")],
)
def test_a_kind_in_small_letters(kind: str, name: str) -> None:
    assert kebab(kind) == name


FIXED = "kind: A\ndefault: immutable\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "p.yaml:1:1: no policy in it"),
        ("- kind: A\n", "p.yaml:1:1: a policy is a mapping"),
        ("default: immutable\n", "p.yaml:1:1: a policy without kind"),
        ("kind: A\n", "p.yaml:1:1: a policy that fixes nothing"),
        ("kind: A\nmutable: [spec.b]\n", "p.yaml:1:1: a policy that fixes nothing"),
        ("kind: a/b/C\ndefault: immutable", "p.yaml:1:7: 'a/b/C' is not a kind, [GROUP/]KIND"),
        ("kind: A\nkind: B\n", "p.yaml:2:1: 'kind' stands twice"),
        (FIXED + "name: Own Name", "p.yaml:3:7: 'Own Name' is not a name of up to 63 "),
        (FIXED + "immutabel: []", "p.yaml:3:1: unknown key 'immutabel' in a policy; did you mean"),
        (FIXED + "immutable: spec.b", "p.yaml:3:12: immutable wants a list of field paths"),
        (
            FIXED + "immutable: {spec.b: nevr}",
            "unknown word for spec.b 'nevr'; did you mean n",
        ),
        (FIXED + "immutable: [spec..b]", "p.yaml:3:13: 'spec..b' is no path from '..b' on"),
        (FIXED + "immutable: [status.b]", "p.yaml:3:13: status.b: status is what controllers"),
        (FIXED + "mutable: [status.b]", "p.yaml:3:11: status.b: status is what controllers"),
        (FIXED + "immutable: [metadata.name]", "p.yaml:3:13: metadata.name: of metadata, only"),
        (FIXED + "immutable: [metadata]", "p.yaml:3:13: metadata: of metadata, only"),
        (FIXED + "mutable: [metadata.labels.a.b]", 'write metadata.labels["a.b"]'),
        (FIXED + "immutable: [kind]", "p.yaml:3:13: Kubernetes itself keeps kind"),
        (FIXED + "record: spec.b", "p.yaml:3:9: spec.b is no field below status; write"),
        (
            FIXED + "record: status",
            "status is no field below status; write such as record: status.",
        ),
        (
            FIXED + "record: status.phase\non-violation: {phase: A}",
            "3:1: status.phase is written on",
        ),
        (FIXED + "record: status.conditions", "status.conditions is written on a violation"),
        (FIXED + "mutable: [spec]", "or take spec out of mutable"),
        (FIXED + "mutable: [$.spec.b]", "a path begins with a field; write spec.b"),
        (FIXED + f"name: {'a' * 64}", "is not a name of up to 63"),
        (FIXED + "immutable: [spec.b: never]", "or a mapping of each to its word"),
        (FIXED + "immutable: {spec.b: }", "word for spec.b wants one of never"),
        (FIXED + "locked-when: [{field: status.a, in: [0x1F]}]", 'write "0x1F"'),
        (FIXED + f"exempt-when: [{{label: {'a' * 64}}}]", "is not the key of a label"),
        (
            FIXED + "terminal: [{field: status.a, in: [b]}]",
            "terminal wants a test on a field: term",
        ),
        ("---\n---\n", "no policy in it"),
        (FIXED + "record: 'status.a[]'", "p.yaml:3:9: status.a[] stands for many values"),
        (FIXED + "locked-when: []", "p.yaml:3:14: locked-when wants a list of tests"),
        (FIXED + "locked-when: [creaton]", "unknown trigger 'creaton'; did you mean creation?"),
        (
            FIXED + "locked-when: [{condition: A=true}]",
            "unknown status 'true' of A; did you mean",
        ),
        (FIXED + "locked-when: [{condition: a b}]", "'a b' is no condition"),
        (FIXED + "locked-when: [{field: status.a}]", "either in or not-in"),
        (FIXED + "locked-when: [{field: status.a, in: [b], not-in: [c]}]", "either in or not-in"),
        (FIXED + "locked-when: [{field: status.a, in: [yes]}]", 'write true, or "yes"'),
        (FIXED + "locked-when: [{field: status.a, in: [1.50]}]", 'write "1.50"'),
        (FIXED + "locked-when: [{label: a, in: [b]}]", "unknown key 'label' in locked-when"),
        (FIXED + "locked-when: [{absent: a}]", "a test without a subject"),
        (FIXED + "locked-when: [{condition: A, in: [b]}]", "condition does not go with in"),
        (FIXED + "exempt-when: [{label: a, field: b}]", "label does not go with field"),
        (FIXED + "exempt-when: [{label: a, absent: b}]", "label does not go with absent"),
        (FIXED + "exempt-when: [{label: '-'}]", "'-' is not the key of a label"),
        (FIXED + "terminal: {in: [a]}", "terminal tests a field"),
        (FIXED + "owned: {by: [me]}", "p.yaml:3:8: owned names no keys"),
        (FIXED + "owned: {labels: [a/]}", "p.yaml:3:8: owned does not say whose"),
        (FIXED + "owned: {labels: ['a b'], by: [me]}", "'a b' begins no key of labels"),
        (FIXED + "on-violation: {}", "on-violation wants some of phase"),
        (FIXED + "on-violation: {conditions: {Ready: no}}", "unknown status 'No' of Ready"),
        (FIXED + "on-violation: {reason: Not this}", "'Not this' is not a reason in one word"),
        (FIXED + "on-violation: {phase-field: spec.phase}", "is no field below status"),
        (FIXED + "mode: deny", "unknown mode 'deny'; there are warn, enforce"),
        (FIXED + "toggle: A-B", "'A-B' is not the name of an environment variable"),
        (FIXED + 'toggle: "A\\u0007"', "U+0007 may not stand here"),
        (FIXED + "immutable: ['spec[\"a\\u001b\"]']", "holds a control character"),
        (
            FIXED + "---\n" + FIXED,
            "p.yaml:4:1: the name a is that of the policy at p.yaml:1 ",
        ),
        (FIXED + "name: [", "not valid YAML"),
        (FIXED + "owned: " + "{a: " * 30 + "1" + "}" * 30, "nested deeper than any key needs"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, told: str) -> None:
    assert told in complaint(text)


@pytest.mark.parametrize(
    ("lists", "told"),
    [
        (
            "immutable: [spec.b, 'spec[\"b\"]']",
            "3:21: spec.b stands under immutable already on line 3",
        ),
        (
            "immutable: [spec.b]\nmutable:\n- spec.b",
            "5:3: spec.b stands under immutable already on line 3",
        ),
        (
            "mutable: [spec.b]\nimmutable: {spec.b: never}",
            "4:13: spec.b stands under mutable already on line 3",
        ),
    ],
)
def test_a_path_that_is_named_twice_is_refused_with_both_places(lists: str, told: str) -> None:
    assert told in complaint(FIXED + lists)


@pytest.mark.parametrize(
    ("lists", "told"),
    [
        (
            "immutable: ['spec.env{}']\nmutable: [spec.env.DEBUG]",
            "4:11: spec.env.DEBUG and spec.env{} speak of the same value of a map; name keys",
        ),
        ("immutable: ['spec.m{}.a', 'spec.m.k.b']", "3:27: spec.m.k.b and spec.m{}.a speak"),
        ("mutable: ['metadata.labels{}', metadata.labels.a]", "speak of the same value"),
        (
            "immutable: {spec.l: append-only}\nmutable: ['spec.l[].a']",
            "4:11: spec.l[].a lies below spec.l, which is append-only",
        ),
        ("immutable: {spec.l: append-only, spec.l.a.b: never}", "lies below spec.l"),
    ],
)
def test_paths_of_which_none_is_longer_are_refused(lists: str, told: str) -> None:
    assert told in complaint(FIXED + lists)


def test_contradictions_of_plain_values_are_told_by_the_policy() -> None:
    lists = {"immutable": ["spec.m{}"], "mutable": ["spec.m.a"]}
    with pytest.raises(PolicyError, match=r"^policy: spec\.m\.a and spec\.m{} speak"):
        of_values({"kind": "A", **lists})


def test_a_key_may_be_left_open_in_a_map_that_grows() -> None:
    assert len(only(FIXED + "immutable: {spec.m: append-only}\nmutable: [spec.m.a]").fixed) == 1


def test_a_path_below_one_that_says_the_same_is_harmless() -> None:
    assert len(only(FIXED + "immutable: [spec.b, spec.b.c]").fixed) == 2


def test_aliases_that_grow_are_refused() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 8))

    assert "aliases expand" in complaint(bomb)


def test_ten_thousand_paths_are_read() -> None:
    text = FIXED + "immutable:\n" + "".join(f"- spec.field{n}\n" for n in range(10_000))

    assert len(only(text).fixed) == 10_000
