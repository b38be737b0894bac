"""What tests of any part may ask for."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.conformance.building import UnavailableError, give_up, program
from tests.conformance.kubernetes import Kubernetes


@pytest.fixture(scope="session")
def kubernetes() -> Iterator[Kubernetes]:
    """Kubernetes' own code; skips where there is no Go, fails where CI has none."""
    try:
        built = program()
    except UnavailableError as reason:
        give_up(reason, os.environ)
    with Kubernetes(built) as running:
        yield running
