from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specstat.immutability.lock import exempt, is_terminal, locked
from specstat.immutability.terms import (
    Always,
    ConditionTest,
    Creation,
    Exemption,
    FieldTest,
    KeyTest,
    Terms,
    Trigger,
)

PHASE = ("status", "phase")
STARTED = FieldTest(PHASE, ("Pending",), negated=True, absent="Pending")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["status", "conditions", "phase", "type", "metadata", "labels", "a"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def lock(*tests: Trigger) -> Terms:
    return Terms("p", "", "Run", locked_when=tests)


def free(*tests: Exemption) -> Terms:
    return Terms("p", "", "Run", exempt_when=tests)


def status(**fields: object) -> dict[str, Any]:
    return {"metadata": {"uid": "u"}, "status": fields}


def accepted(value: object = "True") -> dict[str, Any]:
    return status(conditions=[{"type": "Ready", "status": "False"}, _condition(value)])


def _condition(value: object) -> dict[str, object]:
    return {"type": "Accepted", "status": value}


def test_a_condition_locks_with_its_status_and_no_other() -> None:
    terms = lock(ConditionTest("Accepted"))
    assert locked(terms, accepted()) == "the condition Accepted is True"
    assert not locked(terms, accepted("False"))
    assert not locked(terms, accepted("Unknown"))
    assert not locked(terms, accepted(value=True))
    assert not locked(terms, status())


def test_a_field_locks_by_its_value() -> None:
    terms = lock(FieldTest(PHASE, ("Running", "Done")))
    assert locked(terms, status(phase="Running")) == "status.phase is Running"
    assert not locked(terms, status(phase="Pending"))
    assert not locked(terms, status())
    assert not locked(terms, status(phase=None))


def test_a_field_locks_by_not_having_a_value_and_absent_counts_as_said() -> None:
    assert locked(lock(STARTED), status(phase="Running")) == "status.phase is Running, not Pending"
    assert locked(lock(STARTED), status(phase="")) == "status.phase is empty, not Pending"
    untouched: list[object] = [status(phase="Pending"), status(), status(phase=None), {}, []]
    for pending in untouched:
        assert not locked(lock(STARTED), pending)


def test_absent_is_among_no_values_where_nothing_stands_in_for_it() -> None:
    terms = lock(FieldTest(PHASE, ("Pending",), negated=True))
    assert locked(terms, {}) == "status.phase is absent, not Pending"


def test_what_stands_in_for_absent_is_said() -> None:
    terms = lock(FieldTest(PHASE, ("Running",), absent="Running"))
    assert locked(terms, {}) == "status.phase is absent, which counts as Running"


@pytest.mark.parametrize(
    ("value", "as_text"), [(True, "true"), (False, "false"), (3, "3"), (3.0, "3"), ("3", "3")]
)
def test_scalars_are_compared_as_texts(value: object, as_text: str) -> None:
    assert locked(lock(FieldTest(PHASE, (as_text,))), status(phase=value))
    assert not locked(lock(FieldTest(PHASE, ("other",))), status(phase=value))


@pytest.mark.parametrize("value", [{}, [], ["Pending"], {"a": 1}])
def test_what_is_no_scalar_is_among_no_values(value: object) -> None:
    assert not locked(lock(FieldTest(PHASE, ("Pending", "[]", "{}"))), status(phase=value))
    assert locked(lock(STARTED), status(phase=value)) == "status.phase is no scalar, not Pending"


def test_creation_locks_what_is_stored_and_always_locks_all() -> None:
    assert locked(lock(Creation()), {"metadata": {"uid": "u"}})
    assert not locked(lock(Creation()), {"metadata": {"name": "n"}})
    assert not locked(lock(Creation()), {"metadata": {"uid": ""}})
    assert locked(lock(Always()), {})


def test_any_trigger_locks_and_the_first_is_told() -> None:
    terms = lock(ConditionTest("Accepted"), STARTED)
    assert locked(terms, status(phase="Running")) == "status.phase is Running, not Pending"
    assert (
        locked(terms, status(phase="Running", conditions=[_condition("True")]))
        == "the condition Accepted is True"
    )
    assert not locked(lock(), accepted())


def test_labels_and_annotations_exempt_by_being_there_or_by_value() -> None:
    marked = {"metadata": {"labels": {"a.b/template": "true"}, "annotations": {"keep": ""}}}
    by_value = free(KeyTest("labels", "a.b/template", ("true", "yes")))
    assert exempt(by_value, marked) == "the label a.b/template is true"
    assert not exempt(by_value, {"metadata": {"labels": {"a.b/template": "false"}}})
    assert exempt(free(KeyTest("annotations", "keep")), marked) == "the annotation keep is there"
    assert not exempt(free(KeyTest("labels", "keep")), marked)
    assert exempt(free(FieldTest(("spec", "template"), ("true",))), {"spec": {"template": True}})


def test_an_object_is_done_by_the_terminal_phases() -> None:
    terms = Terms("p", "", "Run", terminal=FieldTest(PHASE, ("Failed",)))
    assert is_terminal(terms, status(phase="Failed")) == "status.phase is Failed"
    assert not is_terminal(terms, status(phase="Running"))
    assert not is_terminal(lock(), status(phase="Failed"))


@given(JSON)
def test_nothing_raises_whatever_the_object(value: object) -> None:
    terms = Terms(
        "p",
        "",
        "Run",
        locked_when=(ConditionTest("Accepted"), STARTED, Creation()),
        exempt_when=(KeyTest("labels", "a"), KeyTest("annotations", "a", ("x",))),
        terminal=STARTED,
    )
    for found in (locked(terms, value), exempt(terms, value), is_terminal(terms, value)):
        assert isinstance(found, str)
