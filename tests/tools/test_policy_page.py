"""docs/policy.md and the schema of policies are what the tables of keys say."""

from __future__ import annotations

import re

import yaml

from specstat.immutability.language.keys import KEYS
from specstat.immutability.language.reading import of_values
from tools import policy_page


def test_page_and_schema_are_up_to_date() -> None:
    assert policy_page.stale() == {}, "run `make docs`"


def test_every_key_has_a_section() -> None:
    headings = re.findall(r"^### (.+)$", policy_page.render(), re.MULTILINE)

    assert headings[: len(KEYS)] == list(KEYS)


def test_every_example_on_the_page_can_be_used() -> None:
    examples = re.findall(r"```yaml\n(.*?)```", policy_page.render(), re.DOTALL)

    assert len(examples) > len(KEYS)
    for example in examples:
        of_values({"kind": "A", "default": "immutable", **yaml.safe_load(example)})
