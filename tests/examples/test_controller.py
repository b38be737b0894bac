from __future__ import annotations

import asyncio
import importlib.util
import json
from collections.abc import Callable, Coroutine
from pathlib import Path

import pytest

kopf = pytest.importorskip("kopf", reason="the extra [kopf] is not installed")

from aiohttp.test_utils import TestServer  # noqa: E402 - comes with kopf

from tests.examples.apiserver import ApiServer  # noqa: E402 - needs aiohttp
from tests.immutability.runs import CRD, condition, created, told  # noqa: E402 - beside the other

EXAMPLE = Path(__file__).parents[2] / "examples" / "controller.py"
PATIENCE = 15.0
Story = Callable[[ApiServer], Coroutine[None, None, None]]


def play(story: Story, server: ApiServer | None = None) -> ApiServer:
    """Run the example with kopf's own operator against an API server while a story happens."""
    api = server or ApiServer()
    asyncio.run(_play(story, api))
    return api


async def _play(story: Story, api: ApiServer) -> None:
    registry = kopf.OperatorRegistry()
    kopf.set_default_registry(registry)
    spec = importlib.util.spec_from_file_location("controller_example", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    settings = kopf.OperatorSettings()
    settings.scanning.disabled = True
    settings.queueing.exit_timeout = 0.1
    async with TestServer(api.app()) as http:

        @kopf.on.login(registry=registry)
        def login(**_: object) -> object:
            return kopf.ConnectionInfo(server=str(http.make_url("/")).rstrip("/"))

        stop = asyncio.Event()
        operator = asyncio.create_task(
            kopf.operator(
                registry=registry,
                settings=settings,
                clusterwide=True,
                standalone=True,
                stop_flag=stop,
                memo=kopf.Memo(),
            )
        )
        try:
            await until(lambda: bool(api.watchers) or operator.done())
            await story(api)
        finally:
            stop.set()
            await operator


async def until(holds: Callable[[], bool]) -> None:
    """Wait for something, and fail where it does not come."""
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.02)


def has(api: ApiServer, name: str) -> bool:
    found = api.runs["tidy-up"].get("status", {}).get("conditions", [])
    return any(c["type"] == name for c in found)


@pytest.fixture(autouse=True)
def _definition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGENTRUN_CRD", str(CRD))
    monkeypatch.delenv("JANGAR_AGENTRUN_IMMUTABILITY_ENFORCED", raising=False)


async def accept(api: ApiServer) -> None:
    api.put(created(), "ADDED")
    await until(lambda: has(api, "Accepted"))


def test_a_new_run_is_accepted_with_its_record_in_one_write() -> None:
    api = play(accept)
    status = api.runs["tidy-up"]["status"]
    assert condition(api.runs["tidy-up"], "Accepted")["status"] == "True"
    assert json.loads(status["specHash"])["generation"] == 1
    assert api.version == 2


def test_a_changed_run_is_failed_and_told_once() -> None:
    async def story(api: ApiServer) -> None:
        await accept(api)
        api.edit("tidy-up", {"systemPrompt": "be brief"})
        await until(lambda: has(api, "Succeeded") and bool(api.events))
        api.edit("tidy-up", {"systemPrompt": "be long"})
        api.edit("tidy-up", {"systemPrompt": "be brief"})
        await asyncio.sleep(0.5)

    api = play(story)
    assert api.runs["tidy-up"]["status"]["phase"] == "Failed"
    assert condition(api.runs["tidy-up"], "Ready")["reason"] == "SpecImmutableViolation"
    assert [(e["type"], e["reason"]) for e in api.events] == [("Warning", "SpecImmutableViolation")]
    assert api.version == 2 + 2 + 2


def test_the_environment_variable_makes_it_warn_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JANGAR_AGENTRUN_IMMUTABILITY_ENFORCED", "false")

    async def story(api: ApiServer) -> None:
        await accept(api)
        api.edit("tidy-up", {"systemPrompt": "be brief"})
        await until(lambda: has(api, "Warning") and bool(api.events))

    api = play(story)
    assert "phase" not in api.runs["tidy-up"]["status"]
    assert condition(api.runs["tidy-up"], "Warning")["status"] == "True"


def test_a_controller_that_comes_back_judges_what_happened_meanwhile() -> None:
    api = play(accept)
    api.edit("tidy-up", {"runtime": {"type": "workflow"}})

    async def story(api: ApiServer) -> None:
        await until(lambda: has(api, "Succeeded"))

    play(story, api)
    assert api.runs["tidy-up"]["status"]["phase"] == "Failed"


def test_what_is_edited_while_it_is_accepted_is_decided_anew() -> None:
    async def story(api: ApiServer) -> None:
        api.before_patch = lambda: api.edit("tidy-up", {"systemPrompt": "be brief"})
        await accept(api)

    api = play(story)
    assert api.conflicts == 1
    assert json.loads(api.runs["tidy-up"]["status"]["specHash"])["generation"] == 2


def test_what_is_edited_while_the_record_moves_on_is_failed_with_its_event() -> None:
    async def story(api: ApiServer) -> None:
        await accept(api)
        api.before_patch = lambda: api.edit("tidy-up", {"systemPrompt": "be brief"})
        api.edit("tidy-up", {"ttlSecondsAfterFinished": 5})
        await until(lambda: has(api, "Succeeded"))
        await until(lambda: bool(api.events))

    api = play(story)
    assert api.conflicts == 1
    assert [event["reason"] for event in api.events] == ["SpecImmutableViolation"]


def test_a_run_that_was_started_before_the_controller_came_is_told_and_left_alone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    api = ApiServer()
    api.put(told(created(), phase="Running"))

    async def story(_: ApiServer) -> None:
        await until(lambda: "it has no record of what was accepted" in caplog.text)

    play(story, api)
    assert api.version == 1


def test_nonsense_in_the_variable_stops_the_controller(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("JANGAR_AGENTRUN_IMMUTABILITY_ENFORCED", "perhaps")

    async def story(_: ApiServer) -> None:
        await asyncio.sleep(0)

    with pytest.raises(Exception, match="handlers failed"):
        play(story)
    assert "is 'perhaps', which says neither yes nor no; set it to true" in caplog.text
