"""Which release brought which codes."""

from __future__ import annotations

import re

import pytest

from specstat import __version__
from specstat.rules import registry
from specstat.rules.releases import Releases, after, release, releases

TABLE = Releases("0.1", {"0.2": ("SS901",), "0.10": ("SS902", "SS903"), "1.0": ("SS904",)})


@pytest.mark.parametrize(
    ("pinned", "codes"),
    [
        ("0.1", {"SS901", "SS902", "SS903", "SS904"}),
        ("0.1.9", {"SS901", "SS902", "SS903", "SS904"}),
        ("0.2", {"SS902", "SS903", "SS904"}),
        ("0.9", {"SS902", "SS903", "SS904"}),
        ("0.10", {"SS904"}),
        ("0.10.3", {"SS904"}),
        ("1.0", set()),
        ("7.0", set()),
    ],
)
def test_what_came_later_is_known(pinned: str, codes: set[str]) -> None:
    assert after(pinned, TABLE) == codes


def test_releases_are_compared_by_number() -> None:
    assert release("0.2") < release("0.10") < release("1.0")
    assert release("1.0") == release("1.0.0")


def test_the_table_fits_this_release() -> None:
    table = releases()
    codes = [code for of in table.later.values() for code in of]

    assert len(codes) == len(set(codes))
    assert all(registry.shipped().find(code) for code in codes)
    for name in (table.first, *table.later):
        assert re.fullmatch(r"\d+\.\d+", name)
        assert release(name) <= release(__version__)


def test_nothing_is_later_than_this_release() -> None:
    assert after(__version__) == frozenset()
