from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.immutability.runs import (
    JSON,
    LATER,
    NOW,
    accepted,
    created,
    patched,
    policy,
    stored,
    told,
)

SPECS = st.fixed_dictionaries(
    {},
    optional={
        "systemPrompt": st.sampled_from(["a", "b"]),
        "ttlSecondsAfterFinished": st.integers(0, 3),
        "secrets": st.lists(st.sampled_from(["x", "y"]), max_size=2),
        "parameters": st.dictionaries(st.sampled_from(["p", "q"]), st.text(max_size=1), max_size=2),
    },
)
STATUSES = st.fixed_dictionaries(
    {},
    optional={
        "phase": st.sampled_from(["Pending", "Running", "Failed", "Odd", None]),
        "conditions": st.lists(
            st.fixed_dictionaries(
                {
                    "type": st.sampled_from(["Accepted", "Ready", "Succeeded", "Warning"]),
                    "status": st.sampled_from(["True", "False"]),
                },
                optional={"reason": st.sampled_from(["SpecImmutableViolation", "Other"])},
            ),
            max_size=3,
        ),
    },
)


@settings(deadline=None)
@given(SPECS, SPECS, STATUSES, st.integers(1, 3), st.booleans(), st.booleans(), st.booleans())
def test_deciding_is_pure_and_idempotent(  # noqa: PLR0913, PLR0917 - all that may vary
    spec: JSON,
    later: JSON,
    status: JSON,
    generation: int,
    enforced: bool,  # noqa: FBT001 - drawn by hypothesis
    accepting: bool,  # noqa: FBT001 - drawn by hypothesis
    seen: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    before = told(accepted(created(**spec)), **status)
    run = stored({**before, "spec": created(**later)["spec"]}, generation=generation)
    known: dict[str, Any] = {"enforced": enforced, "accepting": accepting}
    old = before if seen else None
    kept = deepcopy((run, before))
    first = policy().decide(run, old=old, now=NOW, **known)
    assert first == policy().decide(run, old=old, now=NOW, **known)
    assert (run, before) == kept
    json.dumps([first.patch, first.event])
    after = patched(run, first)
    again = policy().decide(after, old=old, now=LATER, **known)
    assert again.patch == {}
    assert policy().decide(after, now=LATER, **known).patch == {}
    if generation == 1:
        assert not first.violated
    if status.get("phase") == "Failed":
        assert (first.violated, first.patch) == (False, {})


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["status", "spec", "metadata", "generation", "conditions", "specHash"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(JSON_VALUES, JSON_VALUES, JSON_VALUES, st.booleans())
def test_nothing_raises_whatever_the_objects(
    run: object,
    old: object,
    recorded: Any,  # noqa: ANN401 - any value of JSON
    accepting: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    unknown = replace(policy().terms, crd="")
    for chosen in (policy(), replace(policy("agentrun"), terms=unknown)):
        chosen.decide(run, recorded, old=old, now=NOW, accepting=accepting)
