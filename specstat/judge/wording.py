"""The learned weights of all words together: one number, and the words that weighed most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain, pairwise, repeat

from specstat.judge import features
from specstat.judge.memo import MOST, Memo
from specstat.judge.traits import MOST_CHILDREN, Traits
from specstat.judge.weights import Weights
from specstat.model.resource import Field

# The most that words may say, whatever the curated signals say; more gains nothing.
CAP = 4.0
# The share that they may take back of what the curated signals say, where these lean by CLEAR or
# more, and the more the less these lean: whoever reads the reasons must find that they carry the
# verdict.
AGAINST, CLEAR = 0.5, 1.2
_QUOTED = 3
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

    weigh: Memo[str, float]
    name: Memo[tuple[tuple[str, ...], str, bool, bool], float]
    facts: Memo[features.Facts, float]
    child: Memo[str, float]
    opening: Memo[tuple[str, ...], float]
    word: Memo[str, float]
    clause_word: Memo[str, float]
    pair: Memo[tuple[str, str], float]

    def log_odds(self, field: Field, traits: Traits) -> float:
        """What the words of a field say, in nats toward status; the sum over its features."""
        words, (tokens, end, start, _) = traits.words, traits.prose
        children = field.children[:MOST_CHILDREN]
        total = self.name[words, field.type, bool(tokens), bool(children)]
        total += self.facts[features.facts(field)]
        if children:
            own = sum([self.child[child.name] for child in children])
            total += own * features.children_share(len(children))
        if tokens:
            clause = features.masked(tokens[:end], words)
            total += self.opening[clause[start : start + features.OPENING]]
            everywhere, first, pairs = set(tokens), set(tokens[:end]), set(pairwise(clause))
            word, clause_word, pair = self.word, self.clause_word, self.pair
            # Weights are small multiples of one number, so that no order changes their sum.
            told = sum([word[w] for w in everywhere])
            told += sum([clause_word[w] for w in first])
            told += sum([pair[p] for p in pairs])
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
                sums[word] = sums.get(word, 0.0) + self.weigh[feature] * share
        sign = 1 if toward > 0 else -1
        best = nlargest(_QUOTED, sums, key=lambda word: sign * sums[word])
        return tuple(word for word in best if sign * sums[word] > 0)


def beside(said: float, lean: float) -> float:
    """What the wording may say beside curated signals that lean so far toward status."""
    if said * lean >= 0:
        return said
    most = max(AGAINST * abs(lean), CAP * (1 - abs(lean) / CLEAR))
    return max(-most, min(most, said))


def of(weights: Weights) -> Wording:
    """The wording by some weights."""
    return _by(weights.of_feature)


def _by(weigh: Callable[[str], float]) -> Wording:
    return Wording(
        weigh=Memo(weigh),
        name=Memo(lambda key: sum(map(weigh, features.of_name(*key)))),
        facts=Memo(lambda own: sum(map(weigh, features.of_facts(own)))),
        child=Memo(lambda name: sum(map(weigh, features.of_child(name)))),
        opening=Memo(lambda words: sum(map(weigh, features.of_opening(words)))),
        word=Memo(lambda word: weigh(features.of_word(word))),
        clause_word=Memo(lambda word: weigh(features.of_clause_word(word))),
        pair=Memo(lambda pair: weigh(features.of_pair(*pair)), 4 * MOST),
    )


SILENT = _by(lambda _: 0.0)
