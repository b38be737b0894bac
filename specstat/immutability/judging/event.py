"""The Kubernetes Event of a violation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from specstat.immutability.judging.decision import Outcome
from specstat.immutability.judging.patch import stamp
from specstat.immutability.judging.standing import generation_of
from specstat.immutability.lock import at
from specstat.immutability.terms import Terms

# What Kubernetes takes at most; of a note it counts bytes, not characters.
_LONGEST_NOTE = 1024
_LONGEST_WORD = 128
_LONGEST_NAME = 63
_LONGEST_BEGINNING = 220
_NO_NAMESPACE = "default"  # where the Events of objects without a namespace are kept


def event_of(
    terms: Terms, obj: object, outcome: Outcome, message: str, now: datetime
) -> Mapping[str, Any]:
    """An Event (events.k8s.io/v1) of a violation.

    Its name follows from the object, its generation and the outcome, not from the time: whoever
    decides again makes the same Event, which the API server then has already.
    """
    kinds = ("apiVersion", "kind")
    names = ("namespace", "name", "uid")
    regarding = {key: at(obj, (key,)) for key in kinds}
    regarding |= {key: at(obj, ("metadata", key)) for key in names}
    regarding = {key: value for key, value in regarding.items() if isinstance(value, str) and value}
    reporter = _reporter(terms)
    seed = "\n".join((*regarding.values(), terms.name, outcome.value, str(generation_of(obj))))
    beginning = str(regarding.get("name", terms.kind.lower()))[:_LONGEST_BEGINNING].rstrip(".-")
    return {
        "apiVersion": "events.k8s.io/v1",
        "kind": "Event",
        "metadata": {
            "name": f"{beginning}.{sha256(seed.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}",
            "namespace": regarding.get("namespace", _NO_NAMESPACE),
        },
        "eventTime": stamp(now, "microseconds"),
        "type": "Warning",
        "reason": terms.on_violation.reason[:_LONGEST_WORD],
        "action": "Fail" if outcome is Outcome.FAIL else "Warn",
        "note": _note(message),
        "regarding": regarding,
        "reportingController": reporter,
        "reportingInstance": reporter[-_LONGEST_WORD:],
    }


def _note(message: str) -> str:
    """A message that is no longer than a note may be; no character of it is cut in two."""
    text = message.encode("utf-8", "replace")
    if len(text) <= _LONGEST_NOTE:
        return text.decode()
    return text[: _LONGEST_NOTE - 3].decode("utf-8", "ignore") + "..."


def _reporter(terms: Terms) -> str:
    """The policy as a qualified name, which Kubernetes wants there."""
    name = re.sub(r"[^A-Za-z0-9_.\-]", "-", terms.name)[:_LONGEST_NAME].strip("._-") or "policy"
    return f"{terms.group}/{name}" if terms.group else name
