"""Learning: what is plain in the examples is learned, and the same each time."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

from specstat.judge import scales, signals, traits, weights
from specstat.judge.verdict import judge
from specstat.judge.wording import AGAINST, CLEAR
from specstat.learn import knowledge
from specstat.learn.corpus import CorpusError, Example, TooFewError
from specstat.model.resource import Field, Section

np = pytest.importorskip("numpy", reason="needs the extra specstat[learn]")
pytest.importorskip("sklearn", reason="needs the extra specstat[learn]")

from specstat.learn import export, fit, matrix  # noqa: E402 - only where the extra is
from specstat.learn.fit import Fitted  # noqa: E402 - as above
from specstat.learn.matrix import Table  # noqa: E402 - as above

RUN = Field(
    "lastRunTime",
    type="string",
    format="date-time",
    description="The time at which the last run was finished.",
)


def examples(families: int = 6, each: int = 50) -> list[Example]:
    """Made-up words with a plain meaning, and a different second word in each field."""
    return [
        Example(Field(f"{word}X{family}y{n}z", type="string"), in_status, f"family{family}")
        for family in range(families)
        for n in range(each)
        for word, in_status in (("glorp", True), ("frob", False))
    ]


def contrary(families: int) -> list[Example]:
    """Fields that report by all signs, and are said to stand in spec."""
    return [Example(RUN, in_status=False, family=f"contrary{n}") for n in range(families)]


def regressed(rows: list[Example]) -> tuple[Table, Fitted]:
    table = matrix.tabulate(rows)
    return table, fit.regress(table, np.arange(len(table.families)))


def read(fitted: Fitted) -> weights.Weights:
    return weights.unpack(export.pack(fitted), "made here")


def test_what_the_examples_say_is_in_the_weights_file(tmp_path: Path) -> None:
    path = tmp_path / "w.bin"
    export.write(fit.fit(examples()), path)

    by = scales.of(weights.load(path))

    for name, sign in (("glorpOther", 1), ("frobOther", -1)):
        field = Field(name, type="string")
        seen = traits.of(field)
        assert by.wording.log_odds(field, seen) * sign > 1
        assert by.wording.loudest(field, seen, sign)[0] == name.removesuffix("Other")


def test_the_same_examples_give_the_same_bytes() -> None:
    assert export.pack(fit.fit(examples())) == export.pack(fit.fit(examples()))


@pytest.mark.parametrize(("families", "each"), [(6, 10), (4, 300)])
def test_too_few_examples_are_told(families: int, each: int) -> None:
    with pytest.raises(TooFewError, match="too small to learn from"):
        fit.fit(examples(families, each))


def test_families_that_contradict_each_other_are_told() -> None:
    rows = [
        e._replace(in_status=e.in_status != (e.family in {"family0", "family1", "family2"}))
        for e in examples()
    ]

    with pytest.raises(CorpusError, match="contradict each other"):
        fit.fit(rows)


# The judge and the training

MIXED = [
    Field("glorpRate", type="integer", description="The rate at which it was run."),
    Field("glorp", type="string", enum=("Done", "Failed"), required=True),
    Field("maxFrob", type="object", children=(Field("startedAt"), Field("size"))),
    RUN,
    Field("frobPolicy", type="string", description="How the frob is to be treated. Optional."),
]


def judged(fitted: Fitted, field: Field) -> float:
    """The log-odds of status by the judge."""
    chances = judge(field, by=scales.of(read(fitted))).probabilities
    return math.log(chances[Section.STATUS] / chances[Section.SPEC])


def trained(fitted: Fitted, table: Table, row: int) -> float:
    """The log-odds of status by the training, bounded as the judge bounds them.

    Weights are those that the file holds, so that nothing is between the two but how they add.
    """
    held = read(fitted)
    words = {feature: held.of_feature(feature) for feature in table.features}
    same = Fitted(words, held.signals, held.slope, held.bias)
    found = float(fit.log_odds(same, table, np.array([row]))[0])
    return max(-7.0, min(7.0, found))


@pytest.mark.parametrize("bare", [False, True], ids=["described", "bare"])
def test_the_judge_and_the_training_add_the_same_numbers(bare: bool) -> None:  # noqa: FBT001 - a case
    fields = [replace(f, description="") if bare else f for f in MIXED]
    every = [*(Example(f, in_status=True, family="family1") for f in fields), *examples()]
    table = matrix.tabulate(every)
    fitted = fit.learn(table).whole

    for row, field in enumerate(fields):
        assert judged(fitted, field) == pytest.approx(trained(fitted, table, row))


@pytest.mark.parametrize("weight", [-3.0, 3.0])
def test_both_let_words_take_back_a_share_of_what_clear_signals_say(weight: float) -> None:
    table, fitted = regressed([Example(RUN, in_status=True, family="family1"), *examples()])
    every = signals.shipped().signals.values()
    loud = Fitted({"head:time": weight}, {s.id: s.weight / 4 for s in every}, 0.25, 0.0)
    assert fitted.signals.keys() == loud.signals.keys()

    evidence = judge(RUN, by=scales.of(read(loud))).evidence
    lean = sum(
        e.weight if e.toward is Section.STATUS else -e.weight
        for e in evidence
        if e.signal != "wording"
    )
    (said,) = [e.weight for e in evidence if e.signal == "wording"]

    assert lean >= CLEAR
    assert AGAINST * lean < 2.5
    assert said == pytest.approx(AGAINST * lean if weight < 0 else weight, abs=0.05)
    assert judged(loud, RUN) == pytest.approx(trained(loud, table, 0))


# Signals


def test_a_signal_that_no_example_has_keeps_its_weight() -> None:
    table, fitted = regressed(examples())

    heard = table.heard.toarray().any(axis=0).tolist()
    every = signals.shipped().signals.values()
    silent = [signal for signal, is_heard in zip(every, heard, strict=True) if not is_heard]
    assert silent
    for signal in silent:
        assert fitted.signals[signal.id] >= signal.weight


def test_a_signal_that_few_families_refute_keeps_more_than_one_that_many_do() -> None:
    few = regressed([*contrary(2), *examples()])[1].signals
    many = regressed([*contrary(60), *examples()])[1].signals
    heard = [s for s, _ in signals.match(signals.shipped(), traits.of(RUN))]

    assert heard
    for signal in heard:
        assert few[signal.id] >= signal.weight * math.exp(-0.2) * 0.999
        assert many[signal.id] < few[signal.id]


def test_no_signal_is_turned_round() -> None:
    _, fitted = regressed([*contrary(300), *examples()])

    assert fitted.slope >= 0
    assert min(fitted.signals.values()) >= 0


# Ratings


def _words(sign: int) -> list[str]:
    """Last words that are rated highest toward a side, in general."""
    known = knowledge.ratings()["last"].items()
    return [word for word, (general, *_) in known if general == sign * knowledge.FULL]


def rated(per_side: int = 40, families: int = 6) -> list[Example]:
    return [
        Example(Field(word, type="string"), sign > 0, f"family{n % families}")
        for sign in (1, -1)
        for n, word in enumerate(_words(sign)[:per_side])
    ]


def test_a_word_that_the_corpus_lacks_keeps_its_rating() -> None:
    table, fitted = regressed(rated())

    for sign in (1, -1):
        absent = [w for w in _words(sign)[60:] if f"head:{w}" not in table.features]
        assert len(absent) > 5
        found = {fitted.words[f"head:{word}"] for word in absent}
        assert len(found) == 1
        assert sign * found.pop() > 0.05


def test_ratings_of_one_kind_weigh_by_their_height() -> None:
    table, fitted = regressed(rated())
    absent = {
        f: knowledge.rate(f)
        for f in knowledge.rated()
        if f.startswith("single:") and f not in table.features
    }

    per_point = [fitted.words[f] / found[1] for f, found in absent.items() if found]
    assert len(per_point) > 1000
    assert per_point == pytest.approx([per_point[0]] * len(per_point))


def test_what_the_corpus_says_moves_a_word_from_its_rating() -> None:
    word = _words(1)[0]
    against = [
        Example(Field(word, type="string"), in_status=False, family=f"family{n % 6}")
        for n in range(60)
    ]

    plain, moved = regressed(rated())[1], regressed([*rated(), *against])[1]

    assert plain.words[f"single:{word}"] > 0 > moved.words[f"single:{word}"]


# Sources


def test_examples_of_another_source_weigh_less_and_are_not_scored() -> None:
    plain = examples(each=10)
    nested = [e._replace(source="nested", weight=0.25) for e in plain]

    table = matrix.tabulate([*plain, *nested])

    assert table.weights[len(plain) :].tolist() == pytest.approx(
        (0.25 * table.weights[: len(plain)]).tolist()
    )
    assert table.originals.tolist() == [True] * len(plain) + [False] * len(nested)
    assert len(fit.out_of_fold(table, fit.learn(table).parts)) == len(plain)


def test_copies_without_description_weigh_less_and_are_not_scored() -> None:
    described = [
        e._replace(field=replace(e.field, description="Words.")) for e in examples(each=10)
    ]

    table = matrix.tabulate(described)

    assert len(table.families) == 2 * len(described)
    assert table.weights[len(described) :].tolist() == pytest.approx(
        (0.8 * table.weights[: len(described)]).tolist()
    )
    assert int(table.originals.sum()) == len(described)


def test_a_family_is_in_one_fold_with_all_its_sources() -> None:
    names = np.array([f"family{n}" for n in range(12)] * 2)

    fold = matrix.folds(names)

    assert fold[:12].tolist() == fold[12:].tolist()
    assert sorted(set(fold.tolist())) == list(range(matrix.FOLDS))


def test_names_with_half_a_character_are_learned_from() -> None:
    half = [
        e._replace(family=f"{e.family}\ud800", field=replace(e.field, format="\udfff"))
        for e in examples()
    ]

    assert read(fit.fit(half)).of_feature("format:\udfff") == pytest.approx(0.0, abs=1.0)
