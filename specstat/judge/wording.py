"""The learned weights of all words together: one number, and the words that weighed most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from itertools import chain, pairwise, repeat

from specstat.judge import features
from specstat.judge.traits import Traits
from specstat.judge.weights import Weights
from specstat.model.resource import Field

# The most that words may say, whatever the curated signals say; more gains nothing.
CAP = 4.0
# The most that they may say against curated signals that lean by CLEAR or more.
AGAINST, CLEAR = 1.0, 0.6
_QUOTED = 3
# Resources repeat names, types and words, in versions and among each other.
_KEPT = 65_536
# The kinds of features that are one word as it is written.
_OF_WORDS = frozenset("head single first earlier nd-head nd-single nd-first nd-earlier d c".split())
# Words that weigh as others do and say nothing to whoever reads them.
_PLAIN = frozenset(
    "the a an of to in for by on is are was be has have had that which if whether when not no and "
    "or with from this it its as at will can may must should".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """Sums of the weights of features, each remembered by what it is the sum for."""

    weigh: Callable[[str], float]
    name: Callable[[tuple[str, ...], str, bool, bool], float]
    child: Callable[[str], float]
    opening: Callable[[tuple[str, ...]], float]
    word: Callable[[str], float]
    clause_word: Callable[[str], float]
    pair: Callable[[tuple[str, str]], float]

    def log_odds(self, field: Field, traits: Traits) -> float:
        """What the words of a field say, in nats toward status; the sum over its features."""
        words, prose = traits.words, traits.prose
        tokens, children = prose.tokens, field.children
        total = self.name(words, field.type, bool(tokens), bool(children))
        total += sum(map(self.weigh, features.of_facts(field)))
        if children:
            own = sum(map(self.child, [child.name for child in children]))
            total += own * features.children_share(len(children))
        if tokens:
            clause = features.masked(tokens[: prose.first_end], words)
            total += self.opening(clause[prose.opening : prose.opening + features.OPENING])
            everywhere, first = set(tokens), set(tokens[: prose.first_end])
            pairs = set(pairwise(clause))
            told = sum(map(self.word, everywhere))
            told += sum(map(self.clause_word, first)) + sum(map(self.pair, pairs))
            count = len(everywhere) + len(first) + len(pairs)
            total += told * features.prose_share(count)
        return max(-CAP, min(CAP, total))

    def loudest(self, field: Field, traits: Traits, toward: float) -> tuple[str, ...]:
        """The words of name and description that weigh most toward a side, as they are quoted."""
        row, sums = features.of(field, traits), dict[str, float]()
        told = chain(zip(row.plain, repeat(1.0)), zip(row.prose, repeat(row.prose_share)))
        for feature, share in told:
            kind, _, word = feature.partition(":")
            if kind in _OF_WORDS and word not in _PLAIN:
                sums[word] = sums.get(word, 0.0) + self.weigh(feature) * share
        sign = 1 if toward > 0 else -1
        best = nlargest(_QUOTED, sums, key=lambda word: sign * sums[word])
        return tuple(word for word in best if sign * sums[word] > 0)


def beside(said: float, lean: float) -> float:
    """What the wording may say beside curated signals that lean so far toward status."""
    if said * lean >= 0 or abs(lean) < CLEAR:
        return said
    return max(-AGAINST, min(AGAINST, said))


def of(weights: Weights) -> Wording:
    """The wording by some weights."""
    return _by(weights.of_feature)


def _by(weigh: Callable[[str], float]) -> Wording:
    kept = lru_cache(maxsize=_KEPT)
    return Wording(
        weigh=kept(weigh),
        name=kept(lambda *key: sum(map(weigh, features.of_name(*key)))),
        child=kept(lambda name: sum(map(weigh, features.of_child(name)))),
        opening=kept(lambda words: sum(map(weigh, features.of_opening(words)))),
        word=kept(lambda word: weigh(features.of_word(word))),
        clause_word=kept(lambda word: weigh(features.of_clause_word(word))),
        pair=kept(lambda pair: weigh(features.of_pair(*pair))),
    )


SILENT = _by(lambda _: 0.0)
