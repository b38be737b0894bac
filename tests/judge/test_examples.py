"""Every example of the two documents gets its section."""

from __future__ import annotations

import pytest

from tests.judge.examples import OWN, SHARED, Example, everything, read, section


@pytest.mark.parametrize("example", read(OWN), ids=lambda example: example.id)
def test_our_own_words_give_the_expected_section(example: Example) -> None:
    assert section(example.field) in example.right


def test_the_shared_words_give_the_expected_section() -> None:
    if not SHARED.exists():
        pytest.skip(f"{SHARED} is not there: only the project's own workplace has it")

    wrong = {e.id: str(section(e.field)) for e in read(SHARED) if section(e.field) not in e.right}

    assert wrong == {}


def test_our_own_examples_are_those_of_the_documents_in_other_words() -> None:
    if not SHARED.exists():
        pytest.skip(f"{SHARED} is not there: only the project's own workplace has it")
    own, shared = read(OWN), read(SHARED)

    assert [(e.id, e.right) for e in own] == [(e.id, e.right) for e in shared]
    assert {e.field.description for e in own}.isdisjoint(e.field.description for e in shared)


def test_a_bare_name_is_enough_for_two_thirds_of_them() -> None:
    examples = read(OWN)

    right = [e.id for e in examples if section(e.bare) in e.right]

    assert len(examples) == 46
    assert len(right) >= 30, f"only {len(right)} are right"


def test_all_three_sections_are_among_them() -> None:
    assert {str(e.right[0]) for e in everything()} == {"spec", "status", "metadata"}
