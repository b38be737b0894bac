"""YAML and TOML as one tree, each part with its place."""

from __future__ import annotations

import pytest

from specstat.model.source import Source
from specstat.readers.settings.items import Item, Items, Scalar, Table, of_toml, of_yaml
from specstat.readers.settings.places import ConfigError


def plain(item: Item | None) -> object:
    """A tree without places."""
    if isinstance(item, Table):
        return {line.name: plain(line.item) for line in item.lines}
    if isinstance(item, Items):
        return [plain(inner) for inner in item.items]
    return item.value if item else None


def places(item: Item | None) -> list[str]:
    """The places of all scalars."""
    if isinstance(item, Table):
        return [place for line in item.lines for place in places(line.item)]
    if isinstance(item, Items):
        return [place for inner in item.items for place in places(inner)]
    return [item.place.exact] if item else []


def yaml(text: str) -> Item | None:
    return of_yaml(Source("specstat.yaml", text))


def toml(text: str) -> Item | None:
    return of_toml(Source("pyproject.toml", text))


TREE = {"a": "x", "b": [1, 2.5, True, "off"], "c": {"d e": {"f": "0.10"}}}
AS_YAML = 'a: x\nb: [1, 2.5, true, "off"]\nc:\n  d e: {f: "0.10"}\n'
AS_TOML = (
    '[tool.other]\nz = 1\n[tool.specstat]\na = "x"\nb = [1, 2.5, true, "off"]\n'
    '[tool.specstat.c."d e"]\nf = "0.10"\n'
)


def test_both_make_the_same_tree() -> None:
    assert plain(yaml(AS_YAML)) == plain(toml(AS_TOML)) == TREE


def test_each_part_has_its_place() -> None:
    assert places(yaml(AS_YAML))[1:] == [
        "specstat.yaml:2:5",
        "specstat.yaml:2:8",
        "specstat.yaml:2:13",
        "specstat.yaml:2:19",
        "specstat.yaml:4:12",
    ]
    assert places(toml(AS_TOML)) == [
        "pyproject.toml: tool.specstat.a",
        "pyproject.toml: tool.specstat.b[0]",
        "pyproject.toml: tool.specstat.b[1]",
        "pyproject.toml: tool.specstat.b[2]",
        "pyproject.toml: tool.specstat.b[3]",
        'pyproject.toml: tool.specstat.c."d e".f',
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("off", False),
        ("Yes", True),
        ("~", None),
        ("", None),
        ("'off'", "off"),
        ("0.10", 0.1),
        ("7", 7),
        ("010", 10.0),
        ("1" * 6000, float("inf")),
        ("1.2.3", "1.2.3"),
        ("2024-01-01", "2024-01-01"),
    ],
)
def test_plain_scalars_are_read_as_yaml_has_them(text: str, value: object) -> None:
    assert plain(yaml(f"a: {text}")) == {"a": value}


@pytest.mark.parametrize("form", [yaml, toml])
def test_a_number_keeps_how_it_was_written(form: object) -> None:
    tree = yaml("a: 0.10") if form is yaml else toml("[tool.specstat]\na = 0.10")

    assert isinstance(tree, Table)
    scalar = tree.lines[0].item
    assert isinstance(scalar, Scalar)
    assert (scalar.value, scalar.text) == (0.1, "0.10")


@pytest.mark.parametrize("text", ["", "[tool.other]\n", "specstat = 1\n", "tool = 1\n"])
def test_toml_without_our_table_says_nothing(text: str) -> None:
    assert toml(text) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "[tool.specstat\na = 1\n",
            "1:15: not valid TOML: expected ']' at the end of a table declaration",
        ),
        ("[tool.specstat]\na = ", "2:5: not valid TOML: invalid value"),
        ("[tool.specstat]\na = 1\na = 2\n", "3:6: not valid TOML: cannot overwrite a value"),
    ],
)
def test_a_mistake_in_toml_is_told_with_line_and_column(text: str, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        toml(text)
    assert str(caught.value) == f"pyproject.toml:{told}"


@pytest.mark.parametrize(
    "text",
    [
        "[tool.specstat]\na = " + "[" * 5000,
        "[tool.specstat]\na = " + "[" * 40 + "]" * 40,
        "[tool.specstat]\na = " + "9" * 6000,
        "[tool.specstat]\na = 0x" + "f" * 6000,
    ],
)
def test_toml_beyond_reason_is_told(text: str) -> None:
    with pytest.raises(ConfigError, match=r"pyproject\.toml"):
        toml(text)


def test_yaml_beyond_reason_is_told() -> None:
    with pytest.raises(ConfigError, match="nested deeper than any key needs"):
        yaml("a: " + "[" * 900 + "]" * 900)


def test_a_date_of_toml_is_no_text() -> None:
    tree = toml("[tool.specstat]\na = 2024-01-01\n")

    assert isinstance(tree, Table)
    assert not isinstance(plain(tree.lines[0].item), str)
