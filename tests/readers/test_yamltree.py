from __future__ import annotations

import gc
import textwrap
import time
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from specstat.model.reading import UnreadableError
from specstat.readers import yamltree
from specstat.readers.yamltree import Alias, Mapping, Node, Scalar, Sequence, Tree, follow
from tests.readers.places import assert_same_places

TEXT = st.text(st.sampled_from("ab #:-,[]{}'\"\\\n\t\x85\u2028é漢😀|>&*!%@?=~0"), max_size=12)
KEY = st.one_of(TEXT, st.sampled_from(["=", "on", "null", "1e3", "2020-01-01", "a b"]))
DATA = st.recursive(
    st.one_of(TEXT, st.none(), st.booleans(), st.integers(), st.dates()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEY, inner, max_size=4),
    max_leaves=20,
)


class Plainly(yaml.SafeDumper):
    """A dumper that never writes an alias."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the interface is PyYAML's
        return True


def load(text: str) -> Node:
    (document,) = yamltree.load(text).documents
    return document


def mapping(text: str) -> Mapping:
    document = load(text)
    assert type(document) is Mapping
    return document


def slices(text: str) -> dict[str, tuple[str, str]]:
    """Key to the texts that the offsets of key and value cut out."""
    return {
        name: (text[key.start : key.end], text[value.start : value.end])
        for name, (key, value) in mapping(text).entries.items()
    }


def refusal(text: str) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        yamltree.load(text)
    return caught.value


def plain(node: Node) -> Any:  # noqa: ANN401 - a tree of texts
    """A tree as texts, lists and dictionaries, with aliases followed."""
    node = follow(node)
    if type(node) is Mapping:
        return {key: plain(value) for key, (_, value) in node.entries.items()}
    return [plain(item) for item in node.items] if type(node) is Sequence else value_of(node)


def value_of(node: Node | None) -> str:
    assert type(node) is Scalar
    return node.value


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@settings(deadline=None)
@given(
    data=DATA,
    flow=st.sampled_from([True, False, None]),
    style=st.sampled_from([None, '"', "'", "|", ">"]),
    wide=st.booleans(),
    unicode=st.booleans(),
)
def test_every_place_is_that_of_pyyaml(  # noqa: PLR0913 - every side of the dump is drawn
    line_end: str,
    *,
    data: object,
    flow: bool | None,
    style: str | None,
    wide: bool,
    unicode: bool,
) -> None:
    text = yaml.dump(
        data,
        Dumper=Plainly,
        default_flow_style=flow,
        default_style=style,
        width=1000 if wide else 20,
        allow_unicode=unicode,
        line_break=line_end,
    )
    assert_same_places(yamltree.load(text), text)


def test_offsets_count_characters_beyond_the_basic_plane_as_one() -> None:
    text = '😀: 漢\né😀: "😀 x"\nlast: [😀, b]\n'
    assert slices(text) == {
        "😀": ("😀", "漢"),
        "é😀": ("é😀", '"😀 x"'),
        "last": ("last", "[😀, b]"),
    }


def test_offsets_count_both_characters_of_a_crlf() -> None:
    assert slices("a: 1\r\nb:\r\n  c: 2\r\n\r\nd: 3\r\n") == {
        "a": ("a", "1"),
        "b": ("b", "c: 2"),
        "d": ("d", "3"),
    }


def test_line_separators_inside_text_shift_nothing() -> None:
    text = 'a: "x\u2028y\x85z"\nb: 2\n'
    assert slices(text)["b"] == ("b", "2")


@pytest.mark.parametrize("below", ["# below\n", "\n\n# below\n\n", "\n", ""])
def test_a_block_ends_with_its_last_text(below: str) -> None:
    text = f"a:\n  b:\n    c: last\n{below}  # inside\n\nd: x\n"
    assert slices(text)["a"][1] == "b:\n    c: last"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("{b: 1,\n   c: 2 } # x", "{b: 1,\n   c: 2 }"),
        ("[1, 2 ] # x", "[1, 2 ]"),
        ("{} # x", "{}"),
        ('"q" # x', '"q"'),
        ("\n  - 1\n  - b: 2\n  # x", "- 1\n  - b: 2"),
        ("\n- 1\n- 2 # x", "- 1\n- 2"),
        ("two\n  lines # x", "two\n  lines"),
        ("&x {b: 1} # x", "&x {b: 1}"),
    ],
)
def test_a_value_ends_with_its_last_text(value: str, expected: str) -> None:
    text = f"a: {value}\nd: x\n"
    assert slices(text)["a"][1] == expected


@pytest.mark.parametrize("header", ["|", "|-", "|+", ">", ">-"])
def test_a_block_scalar_ends_with_its_last_text(header: str) -> None:
    text = f"a:\n  b: {header}\n    some\n    text\n\n\nc: x\n"
    assert slices(text)["a"][1] == f"b: {header}\n    some\n    text"


def test_an_alias_has_a_place_of_its_own() -> None:
    assert slices("a: &x {b: 1}\nc: *x\n")["c"] == ("c", "*x")


@pytest.mark.parametrize(
    "value",
    "= 2020-01-01 2021-06-30T12:00:00Z on off y ~ null 1e3 1_000 0o7 0x1F 017 .5 +12 <<".split(),
)
def test_plain_scalars_stay_as_they_are_written(value: str) -> None:
    node = mapping(f"a: {value}\n").get("a")
    assert type(node) is Scalar
    assert (node.value, node.plain) == (value, True)


@pytest.mark.parametrize("value", ['"null"', "'null'", "|-\n  null", ">-\n  null"])
def test_quoted_scalars_are_not_plain(value: str) -> None:
    node = mapping(f"a: {value}\n").get("a")
    assert type(node) is Scalar
    assert (node.value, node.plain) == ("null", False)


def test_repeated_keys_are_all_kept_with_their_places_and_the_last_wins() -> None:
    text = "a: 1\nb: {c: 2, c: 3}\na: 4\na: 5\n"
    tree = yamltree.load(text)

    assert plain(tree.documents[0]) == {"a": "5", "b": {"c": "3"}}
    assert [(key.value, key.start) for key in tree.repeated] == [
        ("c", text.index("c: 3")),
        ("a", text.index("a: 4")),
        ("a", text.index("a: 5")),
    ]


def test_one_key_in_two_mappings_is_not_repeated() -> None:
    assert yamltree.load("- {a: 1}\n- {a: 2}\n- {a: {a: 3}}\n---\na: 1\n").repeated == []


def test_keys_that_are_no_scalars_have_no_name_and_keep_their_values_apart() -> None:
    tree = yamltree.load("? [a, b]\n: {c: 1}\nd: 2\n? {e: 3}\n: 4\n")
    (document,) = tree.documents
    assert type(document) is Mapping
    assert value_of(document.get("d")) == "2"
    assert set(document.entries) == {"", "d"}


def test_every_document_is_kept_in_order() -> None:
    tree = yamltree.load("a\n---\n- b\n---\n# nothing\n---\nc: d\n...\n---\ne\n")
    assert [plain(document) for document in tree.documents] == ["a", ["b"], "", {"c": "d"}, "e"]


@pytest.mark.parametrize("text", ["", "\n\n", "# only\n", "\ufeff"])
def test_a_text_of_nothing_has_no_documents(text: str) -> None:
    assert yamltree.load(text).documents == []


def test_aliases_stay_references_and_are_followed() -> None:
    document = mapping("a: &x {b: 1}\nc: *x\nd: &y\n  - *x\n  - *x\ne: *y\n")
    target = document.entries["a"][1]
    alias = document.entries["c"][1]

    assert type(alias) is Alias
    assert alias.target is target
    assert document.get("c") is target
    assert plain(document)["e"] == [{"b": "1"}, {"b": "1"}]


def test_an_anchor_set_anew_counts_from_there_on() -> None:
    assert plain(load("- &x 1\n- *x\n- &x 2\n- *x\n")) == ["1", "1", "2", "2"]


@pytest.mark.parametrize("text", ["a: *x\n", "a: &x 1\n---\nb: *x\n"])
def test_an_alias_without_an_anchor_above_is_refused_at_its_place(text: str) -> None:
    error = refusal(text)
    assert error.offset == text.index("*x")
    assert "*x has no anchor" in error.message


def laughs(levels: int) -> str:
    lines = ["l0: &l0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines)


@pytest.mark.parametrize("levels", [9, 400])
def test_a_billion_laughs_are_refused_at_once(levels: int) -> None:
    start = time.process_time()
    error = refusal(laughs(levels))

    assert "aliases expand to" in error.message
    assert error.offset is not None
    assert time.process_time() - start < 1


def test_an_anchor_used_again_and_again_is_no_explosion() -> None:
    schema = "{type: object, properties: {a: {type: string}, b: {type: string}}}"
    text = f"a: &a {schema}\n" + "".join(f"f{number}: *a\n" for number in range(15_000))
    assert len(mapping(text).entries) == 15_001


@pytest.mark.parametrize(
    "text", ["&x [*x]", "a: &x {b: {c: [*x]}}", "a: &x\n  b: &y\n    c: *x\n    d: *y\n"]
)
def test_an_anchor_that_holds_itself_is_refused(text: str) -> None:
    error = refusal(text)
    assert "alias of itself" in error.message
    assert error.offset is not None
    assert text[error.offset] == "&"


@pytest.mark.parametrize(
    "text",
    ["[" * 1_000_000, "- " * 1_000_000, "{a: " * 1_000_000, "? " * 1_000_000, "[\n" * 1_000_000],
    ids=["flow list", "list", "flow mapping", "keys", "flow list on lines"],
)
def test_a_million_levels_are_refused_at_once(text: str) -> None:
    start = time.process_time()
    error = refusal(text)

    assert time.process_time() - start < 0.5
    assert "nested deeper than 1,000 levels" in error.message
    assert error.offset is not None
    assert error.offset < 10_000


def block(depth: int) -> str:
    return "\n".join(" " * level + "a:" for level in range(depth)) + " x\n"


@pytest.mark.parametrize("depth", [999, 1_000])
def test_as_many_levels_as_the_limit_are_read(depth: int) -> None:
    for text in (block(depth), "[" * depth + "]" * depth):
        node = load(text)
        levels = 0
        while type(node) is not Scalar:
            levels += 1
            if type(node) is Mapping:
                node = node.entries["a"][1]
            elif type(node) is Sequence and node.items:
                node = node.items[0]
            else:
                break
        assert levels == depth


def test_a_block_deeper_than_the_limit_is_refused_at_once() -> None:
    text = block(3_000)
    start = time.process_time()
    error = refusal(text)

    assert time.process_time() - start < 0.5
    assert error.offset is not None
    assert text.count("\n", 0, error.offset) == 1_000


def chain(links: int, depth: int) -> str:
    """Anchors that each hold the one above below so many levels."""
    lines = ["a0: &a0 x"]
    lines += [f"a{n}: &a{n} {'{b: ' * depth}*a{n - 1}{'}' * depth}" for n in range(1, links + 1)]
    return "\n".join(lines)


def test_levels_through_aliases_count_too() -> None:
    assert len(mapping(chain(links=2, depth=490)).entries) == 3
    assert "nested deeper than 1,000 levels" in refusal(chain(links=3, depth=490)).message


@pytest.mark.parametrize(
    ("text", "offset", "words"),
    [
        ("a:\n\tb: 1\n", 3, "a tab where YAML wants spaces"),
        ("\ta: 1\n", 0, "a tab where YAML wants spaces"),
        ('a: "x\x00"\n', 5, "U+0000 may not stand in YAML"),
        ("😀: \x7f\n", 3, "U+007F may not stand in YAML"),
        ("a: \ufffe\n", 3, "U+FFFE may not stand in YAML"),
        ("a: @b\n", 3, "'@' cannot start a value"),
        ("a: b: c\n", 4, "mapping values are not allowed"),
        ("- a\nb: c\n", 4, "did not find expected '-' indicator"),
        ("a: [}\n", 4, "did not find expected node content"),
    ],
)
def test_what_is_no_yaml_is_told_at_its_place(text: str, offset: int, words: str) -> None:
    error = refusal(text)
    assert words in error.message
    assert error.offset == offset


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("a: 1\nb: 'x\nc: 2\n", "'x"),
        ('a: "x\nc: 2\n', '"x'),
        ("a: [b,\n c\n", "["),
        ("a: {b: c\n", "{"),
    ],
)
def test_what_is_never_closed_is_told_where_it_opens(text: str, opening: str) -> None:
    assert refusal(text).offset == text.index(opening)


@pytest.mark.parametrize("text", ["a:\tb\n", "a: b\t\n", '{\n\t"a":\t[\n\t\t1]}\n', "a: x\ty\n"])
def test_tabs_that_do_not_indent_are_fine(text: str) -> None:
    assert set(mapping(text).entries) == {"a"}


@pytest.fixture
def collecting() -> Iterator[None]:
    was_on = gc.isenabled()
    gc.enable()
    yield
    (gc.enable if was_on else gc.disable)()


@pytest.mark.usefixtures("collecting")
@pytest.mark.parametrize("text", ["a: b", "a: 'b", "[" * 2_000, "a: \x00", "&x [*x]"])
def test_the_garbage_collector_is_on_again_afterwards(text: str) -> None:
    try:
        yamltree.load(text)
    except UnreadableError:
        assert text != "a: b"
    assert gc.isenabled()


@pytest.mark.usefixtures("collecting")
def test_a_garbage_collector_that_was_off_stays_off() -> None:
    gc.disable()
    yamltree.load("a: b")
    assert not gc.isenabled()


@pytest.mark.usefixtures("collecting")
def test_the_garbage_collector_is_off_while_a_tree_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def watch(_: str) -> Tree:
        seen.append(gc.isenabled())
        return Tree()

    monkeypatch.setattr("specstat.readers.yamltree._load", watch)
    yamltree.load("a: b")
    assert seen == [False]


def shape(node: Node) -> tuple[object, ...]:
    if type(node) is Mapping:
        inner = [(shape(key), shape(value)) for key, value in node.entries.values()]
    elif type(node) is Sequence:
        inner = [(shape(item), ()) for item in node.items]
    else:
        inner = []
    return (type(node).__name__, node.start, node.end, inner)


def test_without_libyaml_the_tree_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = textwrap.dedent("""\
        # é漢😀
        a: &x {b: "c", d: [1, =]}
        e: |-
          text
        f:
        - *x
        - 'q'
        g: plain
        """)

    def everything(tree: Tree) -> object:
        return [shape(node) for node in tree.documents], tree.scalar_starts, tree.scalar_ends

    quick = everything(yamltree.load(text))
    monkeypatch.setattr("specstat.readers.yamltree._Loader", yaml.SafeLoader)

    assert everything(yamltree.load(text)) == quick
    assert "nested deeper" in refusal("[" * 1_001).message
    assert refusal("a: \x00").offset == 3
