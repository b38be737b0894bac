"""What tests of any part may ask for."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.conformance.building import UnavailableError, program
from tests.conformance.kubernetes import Kubernetes


@pytest.fixture(scope="session")
def kubernetes() -> Iterator[Kubernetes]:
    """Kubernetes' own code; skips where there is no Go, fails where CI has none."""
    try:
        built = program()
    except UnavailableError as reason:
        if os.environ.get("CI"):
            pytest.fail(str(reason))
        pytest.skip(str(reason))
    with Kubernetes(built) as running:
        yield running
