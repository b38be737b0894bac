"""Learning: what is plain in the examples is learned, and the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from specstat.judge import features, traits, wording
from specstat.learn.corpus import Example, TooFewError
from specstat.model.resource import Field

np = pytest.importorskip("numpy", reason="needs the extra specstat[learn]")
pytest.importorskip("sklearn", reason="needs the extra specstat[learn]")

from specstat.learn import export, fit  # noqa: E402 - only where the extra is

SIZE = 2**12


def examples(families: int = 6, each: int = 50) -> list[Example]:
    """Made-up words with a plain meaning, and a different second word in each field."""
    return [
        Example(Field(f"{word}X{family}y{n}z", type="string"), in_status, f"family{family}")
        for family in range(families)
        for n in range(each)
        for word, in_status in (("glorp", True), ("frob", False))
    ]


def test_what_the_examples_say_is_in_the_weights_file(tmp_path: Path) -> None:
    path = tmp_path / "w.bin"
    size = export.write(fit.fit(examples(), SIZE), path)

    learned = wording.load(path)

    assert size == path.stat().st_size
    for name, sign in (("glorpOther", 1), ("frobOther", -1)):
        field = Field(name, type="string")
        said = learned.of(features.of(field, traits.of(field)))
        assert said.log_odds * sign > 1
        assert said.words[0] == name.removesuffix("Other")


def test_the_same_examples_give_the_same_bytes() -> None:
    assert export.pack(fit.fit(examples(), SIZE)) == export.pack(fit.fit(examples(), SIZE))


@pytest.mark.parametrize(("families", "each"), [(6, 10), (4, 300)])
def test_too_few_examples_are_told(families: int, each: int) -> None:
    with pytest.raises(TooFewError, match="too small to learn from"):
        fit.fit(examples(families, each), SIZE)


def test_the_judge_and_the_training_add_the_same_numbers() -> None:
    described = Field("glorpRate", type="integer", description="The rate at which it was run.")
    every = [*examples(), Example(described, in_status=True, family="family1")]
    table = fit.tabulate(every, SIZE)
    fitted = fit.regress(table, np.arange(len(table.families)))
    learned = wording.unpack(export.pack(fitted), "made here")

    row = np.array([len(every) - 1])
    said = learned.of(features.of(described, traits.of(described))).log_odds

    assert float((table.hashed[row] @ fitted.weights)[0]) == pytest.approx(said, abs=0.1)
