"""What the facts about neighbours weigh, learned from made resources."""

from __future__ import annotations

from pathlib import Path

import pytest

from specstat.judge import neighbours as shipped
from specstat.model.resource import Field, Section

pytest.importorskip("sklearn", reason="learning needs the extra specstat[learn]")

from specstat.learn import neighbours
from specstat.learn.corpus import TooFewError
from specstat.learn.neighbours import Judged

DATA = Path(shipped.__file__).parent / "data" / "neighbours.json"


def made(resources: int = 80) -> list[Judged]:
    """Resources whose sections share words, the own log-odds saying nothing."""
    found = []
    for n in range(resources):
        for section, words in (("spec", "pool size"), ("status", "ready node")):
            for tail in ("one", "two", "three"):
                name = f"{words.split()[n % 2]}{tail.title()}"
                of = Field(name, f"{section}.{name}", Section(section), 1)
                found.append(Judged(f"r{n}", f"family{n % 7}", of, 0.1))
    return found


def test_words_that_tell_are_learned_and_the_same_each_time() -> None:
    one, again = neighbours.fit(made()), neighbours.fit(made())

    assert one.of["words"] > 0
    assert one == again


def test_signs_are_where_a_reviewer_would_have_them() -> None:
    learned = neighbours.fit(made())

    assert learned.of["company"] <= 0 <= learned.of["echoes"]
    assert learned.of["case"] <= 0.5


def test_fields_that_are_neighbours_only_are_not_learned_from() -> None:
    every = made()
    half = [j._replace(learned=n % 2 == 0) for n, j in enumerate(every)]

    assert len(neighbours.tabulate(half).families) == len(every) // 2


def test_resources_with_one_section_teach_nothing() -> None:
    spec = [j for j in made() if j.field.section is Section.SPEC]

    assert neighbours.tabulate(spec).families == ()
    with pytest.raises(TooFewError, match="too few fields to learn from: 0 of spec and 0 of"):
        neighbours.fit(spec)


def test_a_weights_file_keeps_its_reasons(tmp_path: Path) -> None:
    path = tmp_path / "neighbours.json"
    path.write_bytes(DATA.read_bytes())
    weights = neighbours.fit(made())
    neighbours.write(weights, path)

    text = path.read_text("utf-8")
    assert "fields that speak of the same thing stand together" in text
    assert f'"weight": {round(weights.of["words"], 2)}' in text
