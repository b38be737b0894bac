"""As much of a Kubernetes API server as a controller of AgentRuns needs, in memory.

Resource versions, generations, the status subresource and the tests of JSON patches are as those of
the real one, since they are what controllers rely on.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import jsonpatch
from aiohttp import web

from tests.immutability.runs import merge

GROUP = "/apis/agents.proompteng.ai/v1alpha1"
VERBS = ["get", "list", "watch", "patch", "create", "update", "delete"]
JSON = dict[str, Any]


class ApiServer:
    """AgentRuns by name, the Events that were posted, and who watches."""

    def __init__(self) -> None:
        self.runs: dict[str, JSON] = {}
        self.events: list[JSON] = []
        self.version = 0
        self.watchers: list[asyncio.Queue[JSON]] = []
        self.conflicts = 0
        self.before_patch: Callable[[], None] | None = None

    def app(self) -> web.Application:
        """The routes that kopf calls."""
        app = web.Application()
        run = f"{GROUP}/namespaces/{{namespace}}/agentruns/{{name}}"
        app.add_routes(
            [
                web.get("/api", _says({"versions": ["v1"]})),
                web.get("/api/v1", _says(_resources(("events", "Event"), ("namespaces", "Namespace")))),
                web.get("/apis", _says({"groups": [_GROUP]})),
                web.get(GROUP, _says(_resources(("agentruns", "AgentRun"), ("agentruns/status", "")))),
                web.get(f"{GROUP}/agentruns", self.listed),
                web.patch(run, self.patched),
                web.patch(f"{run}/status", self.patched),
                web.post("/api/v1/namespaces/{namespace}/events", self.posted),
            ]
        )
        return app

    def put(self, run: JSON, kind: str = "MODIFIED") -> None:
        """Store a run and tell whoever watches."""
        self.version += 1
        run["metadata"]["resourceVersion"] = str(self.version)
        self.runs[run["metadata"]["name"]] = run
        for watcher in self.watchers:
            watcher.put_nowait({"type": kind, "object": deepcopy(run)})

    def edit(self, name: str, spec: JSON) -> None:
        """What a user does: change the spec of a run."""
        run: JSON = merge(self.runs[name], {"spec": spec})
        run["metadata"]["generation"] += 1
        self.put(run)

    async def listed(self, request: web.Request) -> web.StreamResponse:
        """A list of all runs, or a stream of what becomes of them."""
        if "watch" not in request.query:
            items = list(self.runs.values())
            listing = {"metadata": {"resourceVersion": str(self.version)}, "items": items}
            return web.json_response({"kind": "AgentRunList", **listing})
        response = web.StreamResponse()
        await response.prepare(request)
        queue: asyncio.Queue[JSON] = asyncio.Queue()
        since = int(request.query.get("resourceVersion") or 0)
        for run in self.runs.values():
            if int(run["metadata"]["resourceVersion"]) > since:
                queue.put_nowait({"type": "MODIFIED", "object": deepcopy(run)})
        self.watchers.append(queue)
        try:
            while True:
                line = json.dumps(await queue.get()) + "\n"
                await response.write(line.encode())
        finally:
            self.watchers.remove(queue)

    async def patched(self, request: web.Request) -> web.Response:
        """A merge patch or JSON patch, of the status only or of all but the status."""
        if self.before_patch is not None:
            first, self.before_patch = self.before_patch, None
            first()
        old = self.runs[request.match_info["name"]]
        asked = await request.json()
        try:
            new = jsonpatch.apply_patch(old, asked) if isinstance(asked, list) else merge(old, asked)
        except jsonpatch.JsonPatchTestFailed:
            self.conflicts += 1
            return web.json_response({"kind": "Status", "code": 422}, status=422)
        kept = "status" if request.path.endswith("/status") else ""
        run = {**old, kept: new[kept]} if kept else {**new, "status": old.get("status", {})}
        if run != old:
            self.put(deepcopy(run))
        return web.json_response(self.runs[request.match_info["name"]])

    async def posted(self, request: web.Request) -> web.Response:
        """An Event of the core API."""
        self.events.append(await request.json())
        return web.json_response(self.events[-1])


_GROUP = {
    "name": "agents.proompteng.ai",
    "versions": [{"groupVersion": "agents.proompteng.ai/v1alpha1", "version": "v1alpha1"}],
    "preferredVersion": {"version": "v1alpha1"},
}


def _resources(*named: tuple[str, str]) -> JSON:
    return {
        "resources": [
            {"name": n, "kind": k, "singularName": "", "namespaced": True, "verbs": VERBS}
            for n, k in named
        ]
    }


def _says(answer: JSON) -> Callable[[web.Request], Any]:
    async def handler(_: web.Request) -> web.Response:
        await asyncio.sleep(0)
        return web.json_response(answer)

    return handler
