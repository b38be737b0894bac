"""Random lives of a run, each decision held against a model that knows nothing of hashes."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from datetime import timedelta
from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from specstat.immutability.judging.decision import Code, Decision, Outcome
from specstat.immutability.policy import Policy
from tests.immutability.judging.kinds import OPEN, of
from tests.immutability.runs import ACCEPTED, JSON, NOW, created, merge

FOREIGN = {"type": "Synced", "status": "True", "reason": "Other", "since": 7, "by": ["x"]}
STRANGE = {"type": "Ready", "status": "True", "shard": "a", "reason": "Up", "message": ""}
REASON = re.compile(r"[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?")
# Each of these is fixed by one policy or both; `note` and `marked` are open to everybody.
FIXED = {"wide": ("image", "tags", "level", "old"), "narrow": ("image", "tags")}
VALUES: dict[str, list[Any]] = {
    "image": ["a", "b", None],
    "tags": [["x", "y"], ["y", "x"], ["x"], None],
    "level": [1, 2, None],
    "old": ["o", "p", None],
    "note": ["n", "m", None],
    "marked": [True, False, None],
}


def kind(upgrades: frozenset[str]) -> JSON:
    """The fields of spec once a definition was upgraded in some ways."""
    tags: JSON = {"type": "array", "items": {"type": "string"}}
    if "set" in upgrades:
        tags["x-kubernetes-list-type"] = "set"
    level: JSON = {"type": "integer"} | ({"default": 1} if "default" in upgrades else {})
    text: JSON = {"type": "string"}
    fields = {"image": text, "tags": tags, "level": level, "note": text}
    fields["marked"] = {"type": "boolean"}
    return fields if "drop" in upgrades else fields | {"old": text}


def compiled(name: str, upgrades: frozenset[str], *, terminal: bool) -> Policy:
    fields = kind(upgrades)
    more: JSON = {"terminal": {"field": "status.phase", "in": ["Failed"]}} if terminal else {}
    return of(
        fields,
        OPEN,
        default="mutable",
        immutable=[f"spec.{field}" for field in FIXED[name] if field in fields],
        **{
            "locked-when": [{"condition": "Accepted"}, {"field": "spec.marked", "in": [True]}],
            "exempt-when": [{"label": "template"}],
        },
        **more,
    )


class Lives(RuleBasedStateMachine):
    """A run, the API server that keeps it, and what was accepted of it, by value."""

    @initialize(spec=st.fixed_dictionaries({n: st.sampled_from(v) for n, v in VALUES.items()}))
    def start(self, spec: JSON) -> None:
        self.upgrades: frozenset[str] = frozenset()
        self.name, self.enforced, self.terminal = "wide", True, False
        self.now = NOW
        self.run = created()
        self.run["spec"] = {k: v for k, v in spec.items() if v is not None}
        self.run["status"] = {"conditions": [deepcopy(FOREIGN), deepcopy(STRANGE)]}
        self.accepted: JSON | None = None  # what was accepted, by field
        self.gap = False  # whether the schema changed since the run was last seen to be right
        self.edited = False  # whether the generation has moved since then
        self.readable = True  # whether the record is as the controller wrote it
        self.seen: JSON | None = None

    def policy(self) -> Policy:
        return compiled(self.name, self.upgrades, terminal=self.terminal)

    def value(self, spec: JSON, field: str) -> Any:  # noqa: ANN401 - any value of JSON
        if field == "old" and "drop" in self.upgrades:
            return None
        found = spec.get(field)
        if field == "tags" and "set" in self.upgrades and found is not None:
            return sorted(found)
        return 1 if field == "level" and found is None and "default" in self.upgrades else found

    def store(self, run: JSON, *, generation: bool = False) -> None:
        run["metadata"]["resourceVersion"] = str(int(self.run["metadata"]["resourceVersion"]) + 1)
        if generation:
            run["metadata"]["generation"] += 1
            self.edited = True
        self.run = run

    def edit(self, field: str, value: Any) -> None:  # noqa: ANN401 - any value of JSON
        before = deepcopy(self.run["spec"])
        run = merge(self.run, {"spec": {field: value}})
        self.default(run)
        if run["spec"] != before:
            self.store(run, generation=True)

    def default(self, run: JSON) -> None:
        """What the API server does to each object that it reads or writes."""
        if "default" in self.upgrades:
            run["spec"].setdefault("level", 1)
        if "drop" in self.upgrades:
            run["spec"].pop("old", None)

    @rule(field=st.sampled_from(sorted(VALUES)), which=st.integers(0, 3))
    def a_user_edits(self, field: str, which: int) -> None:
        self.edit(field, VALUES[field][which % len(VALUES[field])])

    @rule(marked=st.sampled_from([{"template": "yes"}, {"template": None}, {"team": "a"}]))
    def a_user_labels(self, marked: JSON) -> None:
        self.store(merge(self.run, {"metadata": {"labels": marked}}))

    @rule(what=st.sampled_from(["default", "set", "drop"]))
    def the_definition_is_upgraded(self, what: str) -> None:
        self.gap |= what not in self.upgrades
        self.upgrades |= {what}
        self.default(self.run)

    @rule(name=st.sampled_from(sorted(FIXED)), terminal=st.booleans(), enforced=st.booleans())
    def the_controller_restarts(self, name: str, terminal: bool, enforced: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
        self.name, self.terminal, self.enforced = name, terminal, enforced
        self.seen = None

    @rule(seconds=st.integers(-9999, 9999))
    def the_clock_moves(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(phase=st.sampled_from(["Pending", "Running"]))
    def the_controller_writes_its_phase(self, phase: str) -> None:
        self.store(merge(self.run, {"status": {"phase": phase}}))

    @precondition(lambda self: self.accepted is not None)
    @rule(how=st.sampled_from(["gone", "cut", "null"]))
    def somebody_spoils_the_record(self, how: str) -> None:
        kept = self.run["status"].get("specHash") or "-"
        spoilt = {"gone": None, "null": "", "cut": kept[:-5] or "-"}[how]
        self.store(merge(self.run, {"status": {"specHash": spoilt}}))
        self.readable = False

    @precondition(lambda self: self.accepted is not None and self.run["metadata"]["generation"] > 1)
    @rule()
    def it_is_restored(self) -> None:
        self.run["metadata"]["generation"] = 0
        self.store(self.run)
        self.gap = self.edited = True  # who restores may bring back anything

    @precondition(lambda self: self.accepted is None)
    @rule()
    def the_controller_accepts(self) -> None:
        if "template" in self.run["metadata"].get("labels", {}):
            return
        decision = self.policy().decide(self.run, now=self.now, accepting=True)
        self.check(decision)
        assert not decision.violated
        self.write(decision, ACCEPTED)
        self.keep()

    @rule(remembering=st.booleans(), late=st.sampled_from(["", "", "image", "note"]))
    def the_controller_looks(self, remembering: bool, late: str) -> None:  # noqa: FBT001 - drawn by hypothesis
        old = self.seen if remembering else None
        known: dict[str, Any] = {"enforced": self.enforced, "now": self.now}
        decision = self.policy().decide(self.run, old=old, **known)
        if late:  # somebody else is quicker: the patch is refused, and all is decided anew
            self.edit(late, VALUES[late][0])
            decision = self.policy().decide(self.run, old=old, **known)
        self.check(decision)
        self.judge(decision, old)
        self.write(decision)
        again = self.policy().decide(self.run, old=old, **known)
        assert (again.patch, again.event) == ({}, None)
        if self.accepted is not None and self.readable and not (decision.violated or self.is_done):
            self.keep()
        self.seen = deepcopy(self.run)

    def judge(self, decision: Decision, old: JSON | None) -> None:
        if self.accepted is None or not self.readable or self.is_done:
            assert not decision.violated or (old is not None and not self.is_done)
            return
        spec = self.run["spec"]
        changed = [f for f in self.accepted if self.differs(f)]
        if self.gap and self.edited:  # what was edited while the schema changed nobody can tell
            self.readable = bool(changed) or not decision.violated
            assert decision.violated or not changed or decision.notes
            return
        assert decision.violated == bool(changed), (decision, changed, spec, self.accepted)
        assert decision.outcome in {Outcome.ALLOW, Outcome.FAIL if self.enforced else Outcome.WARN}
        told = {re.split(r"[.\[]", field)[1] for field in decision.fields}
        assert told <= set(changed), (told, changed, old)

    @property
    def is_done(self) -> bool:
        return self.terminal and self.run["status"].get("phase") == "Failed"

    def differs(self, field: str) -> bool:
        assert self.accepted is not None
        return bool(self.value(self.accepted, field) != self.value(self.run["spec"], field))

    def keep(self) -> None:
        fields = [f for f in FIXED[self.name] if f in kind(self.upgrades)]
        self.accepted = {f: self.value(self.run["spec"], f) for f in fields}
        self.gap = self.edited = False

    def write(self, decision: Decision, *more: JSON) -> None:
        if not decision.patch and not more:
            return
        run = merge(self.run, {"status": decision.status})
        run["status"]["conditions"] = [*run["status"]["conditions"], *map(dict, more)]
        self.store(run)

    def check(self, decision: Decision) -> None:
        """That what is to be written is what Kubernetes takes and spares what others wrote."""
        json.dumps([decision.patch, decision.event])
        if decision.patch:
            version = self.run["metadata"]["resourceVersion"]
            assert decision.patch["metadata"] == {"resourceVersion": version}
            assert set(decision.patch) == {"metadata", "status"}
        before = self.run["status"]["conditions"]
        after = decision.status.get("conditions", before)
        assert after[0] == FOREIGN
        assert [c["type"] for c in after][: len(before)] == [c["type"] for c in before]
        assert after[1]["shard"] == "a"
        for one in after[2:]:
            assert len(one["message"]) <= 32768
            assert len(one["reason"]) <= 1024
            assert REASON.fullmatch(one["reason"])
        if decision.event is not None:
            assert decision.violated
            assert decision.event["metadata"]["namespace"] == self.run["metadata"]["namespace"]
        assert Code.NO_PLACE not in [note.code for note in decision.notes]


TestLives = Lives.TestCase
TestLives.settings = settings(
    max_examples=60, stateful_step_count=30, deadline=None, phases=[Phase.generate]
)
