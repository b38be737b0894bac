"""Size and speed, in processor time, which is the same on a machine under load."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import yaml

from tests.readers.support import large_crd, only, read


def seconds(action: Callable[[], object]) -> float:
    start = time.process_time()
    action()
    return time.process_time() - start


def test_a_crd_of_fifty_megabytes_is_read_within_twenty_seconds() -> None:
    text = large_crd(50)
    assert len(text) > 49_000_000
    start = time.process_time()
    resource = only(read(text))

    assert time.process_time() - start < 20
    groups = resource.fields[0].children
    assert sum(len(group.children) for group in groups) == text.count("maxLength")


def test_reading_takes_at_most_three_times_as_long_as_composing() -> None:
    text = large_crd(3)

    def compose() -> None:
        list(yaml.compose_all(text, Loader=yaml.CSafeLoader))

    composing = median(seconds(compose) for _ in range(3))
    reading = median(seconds(lambda: read(text)) for _ in range(3))
    assert reading <= 3 * composing
