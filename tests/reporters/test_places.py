"""Places for people: short, and told apart."""

from __future__ import annotations

import pytest

from specstat.model.diagnostic import Diagnostic, Elsewhere, Location, Severity
from specstat.reporters import places

OWN = Location("api/agent/v1/spec.proto", 3, 5, 3, 9)


def told(*files: str) -> str:
    """What is said of a field in each of these files."""
    others = tuple(
        Elsewhere(f"Kind{number}.spec.size", Location(file, 7, 1, 7, 5))
        for number, file in enumerate(files)
    )
    diagnostic = Diagnostic("SS105", "n", Severity.INFO, "m", OWN, "", "f", elsewhere=others)
    return places.elsewhere(diagnostic)


def test_a_place_is_told_as_editors_want_it() -> None:
    assert places.place(OWN) == "api/agent/v1/spec.proto:3:5"
    assert places.place(Location("nope.yaml", 0, 0, 0, 0)) == "nope.yaml"


@pytest.mark.parametrize(
    ("files", "shown"),
    [
        (["api/agent/v1/spec.proto"], ["line 7"]),
        (["api/agent/v1/api.proto"], ["api.proto:7"]),
        (["api/flow/v1/spec.proto"], ["flow/v1/spec.proto:7"]),
        (["api/flow/v1/api.proto", "api/job/v2/api.proto"], ["v1/api.proto:7", "v2/api.proto:7"]),
        (["spec.proto"], ["spec.proto:7"]),
        (["/api/agent/v1/spec.proto"], ["/api/agent/v1/spec.proto:7"]),
    ],
)
def test_a_file_is_told_by_as_much_of_its_path_as_it_takes(
    files: list[str], shown: list[str]
) -> None:
    wanted = [f"Kind{number}.spec.size ({place})" for number, place in enumerate(shown)]

    assert told(*files) == ", ".join(wanted)


def test_of_many_fields_the_first_are_named_and_the_rest_counted() -> None:
    files = [f"{number}.yaml" for number in range(9)]

    assert told(*files).endswith("Kind3.spec.size (3.yaml:7), and 5 more")
    assert "Kind4" not in told(*files)
