"""What training starts from: corrections that speak of fields that there are."""

from __future__ import annotations

import gzip
import json

import pytest

pytest.importorskip("sklearn", reason="needs the extra specstat[learn]")

from specstat.learn.corpus import Place
from tools import train


def test_every_correction_speaks_of_a_field_of_the_corpus() -> None:
    path = train.CORPUS / train.FIELDS
    if not path.exists():
        pytest.skip(f"no corpus of real fields in {path.parent}")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    there = {Place(r["resource"].rpartition("_")[0], r["section"], r["name"]) for r in rows}

    assert set(train.corrections()) - there == set()


def test_a_correction_says_where_and_why() -> None:
    for line in train.CORRECTIONS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)

        assert {row["section"], row["belongs"]} == {"spec", "status"}
        assert len(row["reason"].split()) > 3
