"""Scalars by value, where the vectors and Kubernetes' answers on random pairs do not go."""

from __future__ import annotations

import pytest

from specstat.immutability.equality import scalars
from tests.conformance.crds import TEXT, fields
from tests.conformance.kubernetes import Kubernetes

MOMENTS = (
    ("2026-03-01T10:00:00Z", "2026-03-01T10:00:00+00:00", True),
    ("2026-03-01T10:00:00Z", "2026-03-01T05:30:00-04:30", True),
    ("2024-02-29T23:59:59Z", "2024-03-01T00:59:59+01:00", True),
    ("2000-02-29T00:00:00Z", "2000-03-01T00:00:00Z", False),
    ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.50Z", True),
    ("2026-03-01T10:00:00.1Z", "2026-03-01T10:00:00.01Z", False),
)
DURATIONS = (
    ("1h", "60m", True),
    ("1m", "1 min", True),
    ("1.5h", "90m", True),
    ("2 days 3h", "51h", True),
    ("1ms", "1m", False),
    ("0", "0s", True),
)


@pytest.mark.parametrize(("one", "other", "same"), MOMENTS)
def test_moments_are_equal_where_kubernetes_says_so(
    kubernetes: Kubernetes, one: str, other: str, *, same: bool
) -> None:
    assert (scalars.moment(one) == scalars.moment(other)) is same
    schema = fields(v={**TEXT, "format": "date-time"})
    assert kubernetes.equal(schema, {"v": one}, {"v": other}) is same


@pytest.mark.parametrize(("one", "other", "same"), DURATIONS)
def test_durations_are_equal_where_kubernetes_says_so(
    kubernetes: Kubernetes, one: str, other: str, *, same: bool
) -> None:
    assert (scalars.duration(one) == scalars.duration(other)) is same
    schema = fields(v={**TEXT, "format": "duration"})
    assert kubernetes.equal(schema, {"v": one}, {"v": other}) is same


@pytest.mark.parametrize(
    "text",
    "2026-02-30T00:00:00Z 2026-13-01T00:00:00Z 2026-01-01T24:00:00Z 2026-01-01T00:00:60Z"
    " 2026-01-01 2026-01-01T00:00:00 2026-01-01t00:00:00z 2026-01-01T00:00:00+0100".split(),
)
def test_what_is_no_moment_is_none(text: str) -> None:
    assert scalars.moment(text) is None
    assert scalars.moment_text(text) == text


@pytest.mark.parametrize("text", ["", "5", "h", "soon", "1 month", "-", "."])
def test_what_is_no_duration_is_none(text: str) -> None:
    assert scalars.duration(text) is None


@pytest.mark.parametrize("text", ["", "A", "AQ=", "AQ==\n", "-_8=", "\u00e9"])
def test_what_is_no_base64_is_none(text: str) -> None:
    assert scalars.data(text) is None
