"""What is new beside what was found before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from specstat.engine.past.since import fresh
from specstat.model.diagnostic import Diagnostic, FieldRef, Location, ResourceRef, Severity
from specstat.model.resource import Section

WIDGET = ResourceRef("example.com", "v1", "Widget")
ABORT = FieldRef("status.abort", Section.STATUS, Section.SPEC, 1.0)
FOUND = Diagnostic(
    code="SS101",
    name="input-in-status",
    severity=Severity.ERROR,
    message="Widget.status.abort belongs in spec",
    location=Location("a.yaml", 7, 3, 7, 8),
    excerpt="  abort:",
    fingerprint="abort by SS101",
    resource=WIDGET,
    field=ABORT,
)
PROBLEM = replace(
    FOUND,
    code="SS003",
    message="the key 'a' stands twice",
    fingerprint="by path",
    resource=None,
    field=None,
)


def told(*now: Diagnostic, then: tuple[Diagnostic, ...] = (FOUND,)) -> list[str]:
    return [d.code for d in fresh(now, then, {}).diagnostics]


def test_a_finding_is_known_by_its_fingerprint_wherever_it_stands_and_whatever_it_says() -> None:
    moved = replace(
        FOUND,
        message="in other words",
        location=Location("b.yaml", 1, 1, 1, 2),
        resource=WIDGET._replace(version="v2"),
    )

    assert fresh([moved], [FOUND], {}) == ((), 1)


def test_another_fingerprint_is_new_on_the_same_field_too() -> None:
    assert told(replace(FOUND, fingerprint="another"), FOUND) == ["SS101"]


@pytest.mark.parametrize(
    ("now", "then", "new"),
    [
        (("SS104",), (), True),
        (("SS104",), ("SS104",), False),
        (("SS104", "SS107"), ("SS104",), True),
        ((), ("SS104",), False),
    ],
)
def test_what_is_told_within_a_finding_is_compared_too(
    now: tuple[str, ...], then: tuple[str, ...], *, new: bool
) -> None:
    assert bool(told(replace(FOUND, also=now), then=(replace(FOUND, also=then),))) is new


def test_a_finding_that_was_told_within_another_and_is_the_first_now_is_known() -> None:
    now = replace(FOUND, code="SS104", fingerprint="abort by SS104", also=("SS101",))

    assert told(now, then=(replace(FOUND, also=("SS104",)),)) == []
    assert told(now) == ["SS104"]


def test_a_problem_of_a_file_is_known_by_its_words_and_the_old_name_of_the_file() -> None:
    now = replace(PROBLEM, location=Location("new.yaml", 9, 1, 9, 2), fingerprint="by another")

    assert fresh([now], [PROBLEM], {"new.yaml": "a.yaml"}) == ((), 1)
    assert fresh([now], [PROBLEM], {}).before == 0
    assert fresh([replace(PROBLEM, message="more")], [PROBLEM], {}).before == 0


def test_what_is_fatal_is_told_again() -> None:
    broken = replace(PROBLEM, code="SS001", fatal=True)

    assert fresh([broken], [broken], {}) == ((broken,), 0)
