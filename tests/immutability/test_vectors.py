"""The published test vectors of the hash."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from specstat.immutability.cells import cells_of
from specstat.immutability.digest import canonical_form, cell_of, digest, names
from specstat.immutability.schema import of_openapi
from tests.immutability.rules_made import terms

FILE = Path(__file__).parents[2] / "fixtures" / "immutability" / "vectors.jsonl"
VECTORS = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["name"])
def test_the_canonical_text_and_hash_are_as_published(vector: dict[str, Any]) -> None:
    schema, value = of_openapi(vector["schema"]), vector["object"]
    cells = cells_of(terms(**vector["policy"]), schema)
    assert canonical_form(value, cells, schema) == vector["canonical"]
    assert digest(value, cells, schema) == vector["sha256"]
    assert hashlib.sha256(vector["canonical"].encode()).hexdigest() == vector["sha256"]
    assert list(names(value, cells, schema)) == vector["fields"]
    # A record names its fields; hashing by the names gives the same.
    named = [cell for name in vector["fields"] if (cell := cell_of(name, schema))]
    assert digest(value, named, schema) == vector["sha256"]


def test_spellings_of_one_object_have_one_hash() -> None:
    hashes = {v["name"]: v["sha256"] for v in VECTORS}
    assert hashes["whole"] == hashes["same as whole"]
    assert len(set(hashes.values())) == len(hashes) - 1
