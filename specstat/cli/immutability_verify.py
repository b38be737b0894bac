"""`specstat immutability verify`: two states of an object, and what a policy says of them."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import NamedTuple

from specstat.cli.errors import FINDINGS, UsageError
from specstat.cli.immutability_policies import loaded_policy
from specstat.cli.immutability_sides import checked, document, same_object, told_untyped
from specstat.immutability.objects import Document
from specstat.immutability.verify import verify
from specstat.reporters import immutability_verdict as reporter

_WITHOUT_OLD = frozenset({"CREATE", "DELETE", "CONNECT"})


class Order(NamedTuple):
    """What the command line asked for."""

    old: str
    new: str
    policy: str
    crd: str = ""
    user: str = ""
    format: str = "text"


class _Sides(NamedTuple):
    old: Document
    new: Document
    user: str | None


def execute(order: Order) -> int:
    """Compare and tell; the exit code is 0, 1 or 2."""
    if order.format not in {"text", "json"}:
        message = f"there is no format {order.format}; use text or json"
        raise UsageError(message)
    policy = loaded_policy(order.policy, order.crd, "", "")
    sides = _sides(order)
    if sides is None:
        sys.stdout.write(reporter.nothing(as_json=order.format == "json"))
        return 0
    same_object(sides.old, sides.new)
    old, new = checked(sides.old, policy), checked(sides.new, policy)
    told_untyped(policy)
    verdict = verify(policy.terms, policy.schema, policy.cells, old.value, new.value, sides.user)
    write = reporter.json_text if order.format == "json" else reporter.text
    sys.stdout.write(write(policy.terms.name, verdict))
    return 0 if verdict.allowed else FINDINGS


def _sides(order: Order) -> _Sides | None:
    """Both states; None where a review has nothing to compare, as at creation."""
    user = order.user or None
    if order.new:
        return _Sides(document(order.old), document(order.new), user)
    review = document(order.old)
    request = review.value.get("request")
    if review.value.get("kind") != "AdmissionReview" or not isinstance(request, dict):
        message = f"{review.source.path} is no AdmissionReview; give two objects: OLD NEW"
        raise UsageError(message)
    # The API server takes nothing but the status from an update of the status.
    if request.get("operation") in _WITHOUT_OLD or request.get("subResource") == "status":
        return None
    found = []
    for name in ("oldObject", "object"):
        if not isinstance(request.get(name), dict):
            message = (
                f"{review.source.path}: request.{name} is missing; a review of an UPDATE has it"
            )
            raise UsageError(message)
        places = {
            where[2:]: span
            for where, span in review.places.items()
            if where[:2] == ("request", name)
        }
        found.append(replace(review, value=request[name], places=places))
    told = request.get("userInfo")
    if user is None and isinstance(told, dict) and isinstance(told.get("username"), str):
        user = told["username"]
    return _Sides(found[0], found[1], user)
