"""What the judge says: evidence, answers, verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from specstat.model.resource import Section

# From here on a verdict is told as it is, and a linter warns; below it is a probability.
SURE = 0.95


# The signal of what a person said of the field's identity.
SAID = "said"
# The signal of what the fields around a field tell of it.
NEIGHBOURS = "neighbours"


class Test(StrEnum):
    """The three tests of the philosophy, each an answer to the same question: which section?"""

    INPUT_OUTPUT = "input/output"
    IMMUTABILITY = "immutability"
    PURPOSE = "purpose"


class Question(StrEnum):
    """The four questions by which a field is classified."""

    SET_WHEN = "when is it set?"
    CHANGES = "does it change?"
    DOES = "what does it do?"
    PURPOSE = "what is it for?"


TEST_OF = {
    Question.SET_WHEN: Test.IMMUTABILITY,
    Question.CHANGES: Test.IMMUTABILITY,
    Question.DOES: Test.INPUT_OUTPUT,
    Question.PURPOSE: Test.PURPOSE,
}


class Evidence(NamedTuple):
    """One observation and what it weighs.

    `weight` is in nats of log-odds toward the section `toward`, never negative; `reason` is a
    phrase for people; `quote` are the words of the field's name or description that were seen,
    empty where a fact (type, children, an annotation) speaks.
    """

    test: Test
    question: Question
    toward: Section
    weight: float
    reason: str
    quote: str = ""
    signal: str = ""


class Answer(NamedTuple):
    """What one test says of a field: a word ("input", "observation") and why.

    `speaks` is false where it heard nothing that it could judge by; `quote` are the words of the
    field that it goes by, if any.
    """

    test: Test
    word: str
    reason: str
    speaks: bool = True
    quote: str = ""


class Origin(NamedTuple):
    """Who sets the field, as its description tells it. It is shown and weighs nothing."""

    actor: str
    quote: str


class Account(NamedTuple):
    """What a verdict goes by: the answers of the tests, and the evidence, strongest first."""

    answers: tuple[Answer, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """An account that is worked out already."""

    account: Account

    def __call__(self) -> Account:
        """The account."""
        return self.account


class Verdict(NamedTuple):
    """Where a field belongs by its purpose.

    `probabilities` holds spec, status and metadata and adds up to one. `account` works out
    why, when it is asked: most fields stand where they belong, and nobody does.
    `declared` says that the author's own `purpose=` decided. `even` says that the evidence was
    even and spec is the answer for want of a better one. `depends` names what the answer hangs
    on, if the facts leave it open.
    """

    section: Section
    probabilities: dict[Section, float]
    account: Callable[[], Account]
    origin: Origin | None = None
    declared: bool = False
    even: bool = False
    depends: str = ""

    def finished(self) -> Verdict:
        """The same with its account worked out: a plain value, to be kept, compared and sent."""
        return self._replace(account=Given(self.account()))

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What each test says."""
        return self.account().answers

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What was heard, strongest first."""
        return self.account().evidence

    @property
    def confidence(self) -> float:
        """The probability of the section that the verdict names."""
        return self.probabilities[self.section]

    def sureness(self, section: Section) -> str:
        """How sure a section is, for people: `declared`, or a percentage."""
        return "declared" if self.declared else percent(self.probabilities[section])


def percent(probability: float) -> str:
    """A probability for people, rounded down; only what is declared is certain."""
    return f"{min(99, int(probability * 100 + 1e-9))} %"
