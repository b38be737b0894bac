"""Kubernetes' own code, asked through the Go program of this folder."""

from __future__ import annotations

import hashlib
import json
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, NamedTuple, Self

from tests.conformance.answers import (
    Admitted,
    Costs,
    Definition,
    Evaluated,
    Fault,
    Written,
    costs,
    faults,
)

Document = Mapping[str, Any]

ABSENT: Final = object()
"""In place of a value that is not there, which is not the same as null."""

HELD_AT_MOST = 64


class Held(NamedTuple):
    """A definition that the program holds; takes the place of one in every call."""

    key: str


class Kubernetes:
    """One process of the program; it keeps what it compiled until it ends."""

    def __init__(self, program: Path) -> None:
        self._log = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed by close()
        self._held: dict[str, None] = {}
        self._process = subprocess.Popen(
            [program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process, which ends by itself when its input does."""
        self._process.communicate(timeout=60)
        self._log.close()

    def ask(self, /, **asked: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever JSON can say
        """Ask anything that the program knows; a request that it refuses is a failed assertion."""
        answer = self.try_asking(**asked)
        assert "error" not in answer, f"{asked['op']}: {answer['error']}"
        return answer

    def try_asking(self, /, **asked: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever JSON can say
        """Like `ask`, with the refusal as an answer of its own: {"error": ...}."""
        return self.send(json.dumps(asked, ensure_ascii=False))

    def send(self, line: str) -> dict[str, Any]:
        """Send one line as it is."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(line.encode() + b"\n")
        self._process.stdin.flush()
        reply = self._process.stdout.readline()
        if not reply:
            self._log.seek(0)
            raise AssertionError(f"the conformance program ended:\n{self._log.read()[-4000:]}")
        answer: dict[str, Any] = json.loads(reply)
        return answer

    def hold(self, crd: Document | Held) -> Held:
        """Let the program keep a definition, so that it is sent and compiled once.

        All calls do this by themselves. Hold a definition of a megabyte before you ask
        a thousand times: it is then not written as JSON for each of them.
        """
        if isinstance(crd, Held):
            return crd
        key = hashlib.sha256(json.dumps(crd, sort_keys=True).encode()).hexdigest()
        if key not in self._held:
            self.ask(op="hold", key=key, crd=crd)
            self._held[key] = None
            if len(self._held) > HELD_AT_MOST:
                oldest = next(iter(self._held))
                del self._held[oldest]
                self.ask(op="drop", key=oldest)
        return Held(key)

    def crd(self, crd: Document | Held, old: Document | Held | None = None) -> Definition:
        """Validate a definition, in place of an old one where one is given, and cost its rules."""
        before = {} if old is None else {"old": self.hold(old).key}
        answer = self.ask(op="crd", crd=self.hold(crd).key, **before)
        return Definition(
            faults(answer["errors"]),
            tuple(answer["unknown"]),
            {version["name"]: costs(version) for version in answer["versions"]},
            answer["limits"]["expression"],
            answer["limits"]["version"],
        )

    def crd_errors(
        self, crd: Document | Held, old: Document | Held | None = None
    ) -> tuple[Fault, ...]:
        """Return why Kubernetes would refuse a definition; nothing where it would take it."""
        return self.crd(crd, old).errors

    def costs(self, crd: Document | Held) -> Mapping[str, Costs]:
        """Return what the rules of each version cost at most, whether allowed or not."""
        return self.crd(crd).versions

    def create(self, crd: Document | Held, version: str, new: Document) -> Written:
        """Create an object; without a name and the like it gets some."""
        return written(self.ask(op="create", crd=self.hold(crd).key, version=version, new=new))

    def update(
        self,
        crd: Document | Held,
        version: str,
        old: Document,
        new: Document,
        subresource: str = "",
    ) -> Written:
        """Update an object, or with `subresource="status"` its status."""
        return written(
            self.ask(
                op="update",
                crd=self.hold(crd).key,
                version=version,
                old=old,
                new=new,
                subresource=subresource,
            )
        )

    def equal(self, schema: Document, a: object, b: object) -> bool:
        """Say whether CEL takes two values of a schema for equal; either may be ABSENT."""
        values = {name: value for name, value in (("a", a), ("b", b)) if value is not ABSENT}
        equal: bool = self.ask(op="equal", schema=schema, **values)["equal"]
        return equal

    def evaluate(
        self, schema: Document, rule: str | Document, self_: object, old_self: object = ABSENT
    ) -> Evaluated:
        """Try a rule on values of a schema, which are pruned and defaulted but not validated."""
        before = {} if old_self is ABSENT else {"oldSelf": old_self}
        answer = self.ask(op="evaluate", schema=schema, rule=rule, self=self_, **before)
        return Evaluated(
            answer["holds"],
            faults(answer["errors"]),
            answer["compile"],
            answer["cost"],
            answer["spent"],
        )

    def admit(  # noqa: PLR0913 - a request to an API server has that many parts
        self,
        policy: Document,
        binding: Document,
        crd: Document | Held,
        version: str,
        operation: str,
        *,
        old: Document | None = None,
        new: Document | None = None,
        subresource: str = "",
        username: str = "alice",
        groups: Sequence[str] = ("system:authenticated",),
    ) -> Admitted:
        """Send a CREATE, UPDATE or DELETE past a ValidatingAdmissionPolicy."""
        sides = {name: side for name, side in (("old", old), ("new", new)) if side is not None}
        answer = self.ask(
            op="vap",
            policy=policy,
            binding=binding,
            crd=self.hold(crd).key,
            version=version,
            operation=operation,
            subresource=subresource,
            user={"username": username, "groups": list(groups)},
            **sides,
        )
        return Admitted(
            answer["allowed"],
            tuple(answer["denied"]),
            tuple(answer["warnings"]),
            tuple(answer["errors"]),
            tuple(answer["types"]),
            answer["reason"],
        )


def written(answer: Mapping[str, Any]) -> Written:
    return Written(
        answer["allowed"], faults(answer["errors"]), answer["generation"], answer["object"]
    )
