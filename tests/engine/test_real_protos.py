"""Real APIs in protos, where they are at hand: what must be found, and how little else."""

from __future__ import annotations

from pathlib import Path

import pytest

from specstat.engine.check import Settings
from specstat.engine.discover import discover
from specstat.engine.run import Run, lint
from specstat.model.diagnostic import Diagnostic, Severity

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "protos"
# What the philosophy itself places (spec/status philosophy, "Stigmer Examples").
PLACED = frozenset(
    "agent_id session_id message workflow_instance_id trigger_message messages tool_calls tasks "
    "output phase error started_at completed_at temporal_workflow_id".split()
)


def linted(name: str) -> Run:
    if not (CORPUS / name).is_dir():
        pytest.skip(f"no corpus of real .proto files in {CORPUS}")
    return lint(discover([str(CORPUS / name)]), Settings())


def placements(run: Run, severity: Severity) -> list[Diagnostic]:
    """What is told of placement at one severity."""
    return [d for d in run.diagnostics if d.code.startswith("SS1") and d.severity is severity]


def test_the_callback_token_in_status_is_the_only_error() -> None:
    run = linted("stigmer/apis")

    (error,) = placements(run, Severity.ERROR)
    assert (error.code, error.subject) == ("SS107", "AgentExecution.status.callback_token")
    place = error.location
    assert place.file.endswith("agentexecution/v1/api.proto")
    assert (place.line, place.column) == (113, 9)
    assert [(e.subject, e.location.line) for e in error.elsewhere] == [
        ("AgentExecution.spec.callback_token", 135),
        ("WorkflowExecution.spec.callback_token", 302),
    ]
    assert error.origin is not None
    assert error.also == ("SS312", "SS424")
    assert any("by reference" in line for line in error.help)
    assert [d for d in run.diagnostics if d.severity is Severity.ERROR] == [error]
    warnings = placements(run, Severity.WARNING)
    assert len(warnings) <= 3
    assert not [d for d in warnings if d.subject.rpartition(".")[2] in PLACED]


@pytest.mark.parametrize(("name", "resources"), [("kubernetes", 100), ("project-planton", 90)])
def test_apis_as_they_stand_raise_next_to_no_alarm(name: str, resources: int) -> None:
    run = linted(name)

    assert run.resources >= resources
    assert [d for d in run.diagnostics if d.fatal] == []
    assert placements(run, Severity.ERROR) == []
    assert len(placements(run, Severity.WARNING)) <= 2 * run.fields / 1000
