"""Labelled fields as they are read."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from specstat.learn import corpus

ROW = {"family": "acme", "name": "size", "section": "spec", "type": "integer", "children": ["a"]}


def write(path: Path, *rows: object) -> Path:
    text = "".join(json.dumps(row) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_a_field_is_read_with_its_label_and_family(tmp_path: Path, name: str) -> None:
    (example,) = corpus.read([write(tmp_path / name, ROW)])

    assert (example.in_status, example.family) == (False, "acme")
    assert (example.field.name, example.field.type) == ("size", "integer")
    assert [child.name for child in example.field.children] == ["a"]


def test_what_has_no_one_answer_near_copies_and_left_out_families_do_not_count(
    tmp_path: Path,
) -> None:
    path = write(
        tmp_path / "a.jsonl",
        ROW,
        {**ROW, "type": "string"},
        {**ROW, "name": "both", "in_both": True},
        {**ROW, "family": "other"},
        {**ROW, "section": "metadata"},
        {**ROW, "section": "status"},
    )

    read = corpus.read([path], without={"other"})

    assert [(e.family, e.in_status) for e in read] == [("acme", False), ("acme", True)]


@pytest.mark.parametrize("line", ["{", "[]", "{}", '{"name": ""}', '{"name": 3}'])
def test_a_line_that_is_no_field_is_told_with_its_place(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{json.dumps(ROW)}\n{line}\n", encoding="utf-8")

    with pytest.raises(corpus.CorpusError, match=r"a\.jsonl:2: not a labelled field"):
        corpus.read([path])


def test_a_corpus_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    spoilt = tmp_path / "a.gz"
    spoilt.write_bytes(b"no gzip")

    for path in (spoilt, tmp_path / "none.jsonl"):
        with pytest.raises(corpus.CorpusError, match="cannot read the corpus"):
            corpus.read([path])


def test_copies_without_description_are_made_of_described_examples_only(tmp_path: Path) -> None:
    rows = (ROW, {**ROW, "name": "note", "description": "Words."})
    read = corpus.read([write(tmp_path / "a.jsonl", *rows)])

    (copy,) = corpus.undescribed(read)

    assert (copy.field.name, copy.field.description) == ("note", "")
