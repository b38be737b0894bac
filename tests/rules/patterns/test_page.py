"""docs/packs.md: its examples work, and it names every key that there is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from specstat.model.source import Source
from specstat.rules.patterns import cel, fieldkeys, resourcekeys
from specstat.rules.patterns.examples import tried
from specstat.rules.patterns.reading import read
from specstat.rules.patterns.rule import blanks

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "packs.md").read_text(encoding="utf-8")
BLOCKS: list[str] = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
SCHEMA = json.loads((ROOT / "rules" / "pack.schema.json").read_text(encoding="utf-8"))
RULE = SCHEMA["$defs"]["rule"]["properties"]
MATCH = SCHEMA["$defs"]["match"]["properties"]


def block(word: str) -> str:
    """The first example that holds a word."""
    return next(text for text in BLOCKS if word in text)


def test_the_worked_example_is_a_pack_that_passes_its_own_examples() -> None:
    text = block("ACME001")
    (rule,) = read(Source("api-rules.yaml", text)).rules

    jsonschema.validate(yaml.safe_load(text), SCHEMA, jsonschema.Draft202012Validator)
    assert tried(rule) == (3, ())
    assert "api-rules.yaml: 1 rule, 3 examples, all right" in PAGE


def test_the_match_of_a_resource_is_read() -> None:
    head = "rules:\n- code: ACME003\n  name: a\n  message: b\n"

    assert not read(Source("api-rules.yaml", head + block("scope: resource"))).rules[0].of_fields


def test_the_expression_is_compiled() -> None:
    pytest.importorskip("cel_expr_python", reason="the extra [cel] is not installed")

    assert read(Source("api-rules.yaml", "rules:\n" + block("when:")), trusted=True).rules


def test_page_and_schema_name_every_key() -> None:
    words = set(re.findall(r"`([\w-]+)`", PAGE))
    keys = {*fieldkeys.KEYS, *resourcekeys.KEYS, "field", "not", "any", "all"}

    assert keys == set(MATCH)
    assert keys | {*resourcekeys.FACTS} <= words
    assert set(MATCH["resource"]["properties"]) == {*resourcekeys.FACTS}
    assert tuple(MATCH["type"]["anyOf"][0]["enum"]) == fieldkeys.TYPES
    assert {*cel.FIELD, *cel.RESOURCE} <= words
    assert all(f"`{{{blank}}}`" in PAGE for blank in blanks(of_fields=True))
    assert set(RULE) <= words | {"code", "severity", "scope", "examples"}
