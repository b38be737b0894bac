"""`specstat immutability verify`: two states of an object, and what a policy says of them."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any, NamedTuple

from specstat.cli.errors import FINDINGS, UsageError
from specstat.cli.immutability_policies import loaded_policy
from specstat.cli.immutability_sides import checked, complaint, document, policy_for, same_object
from specstat.immutability.equality.objects import Document
from specstat.immutability.judging.verify import Verdict, verify
from specstat.reporters import immutability_verdict as reporter

_WITHOUT_TWO_STATES = {
    "CREATE": "a creation",
    "DELETE": "a deletion",
    "CONNECT": "a connection",
}


class Order(NamedTuple):
    """What the command line asked for."""

    old: str
    new: str
    policy: str
    crd: str = ""
    name: str = ""
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
    sides = _sides(order)
    if isinstance(sides, str):
        terms = loaded_policy(order.policy, order.crd, "", order.name).terms
        nothing = Verdict(terms.mode, "", "", (), (sides,))
        as_text = f"allowed by {terms.name}: {sides}\n"
        sys.stdout.write(
            reporter.json_text(terms.name, nothing) if order.format == "json" else as_text
        )
        return 0
    policy = policy_for(sides.old, order.policy, order.crd, order.name)
    same_object(sides.old, sides.new)
    old = checked(sides.old, policy)
    new = checked(_with_status_of(old, sides.new), policy)
    verdict = verify(policy.terms, policy.schema, policy.cells, old.value, new.value, sides.user)
    write = reporter.json_text if order.format == "json" else reporter.text
    sys.stdout.write(write(policy.terms.name, verdict))
    return 0 if verdict.allowed else FINDINGS


def _with_status_of(old: Document, new: Document) -> Document:
    """The new object as the API server sees it, which takes no status from such an update."""
    status = {"status": old.value["status"]} if "status" in old.value else {}
    return replace(new, value={k: v for k, v in new.value.items() if k != "status"} | status)


def _sides(order: Order) -> _Sides | str:
    """Both states; or why a review has nothing to compare."""
    user = order.user or None
    if order.new:
        if (order.old, order.new) == ("-", "-"):
            raise UsageError("only one of OLD and NEW can be standard input; name a file")
        return _Sides(document(order.old), document(order.new), user)
    review = document(order.old)
    request = review.value.get("request")
    if review.value.get("kind") != "AdmissionReview" or not isinstance(request, dict):
        message = "this is no AdmissionReview with a request; give two objects: OLD NEW"
        raise complaint(review, ("kind",), message)
    if why := _without_two_states(request):
        return f"{why} has no two states to compare"
    told = request.get("userInfo")
    if user is None and isinstance(told, dict) and isinstance(told.get("username"), str):
        user = told["username"]
    return _Sides(_part(review, request, "oldObject"), _part(review, request, "object"), user)


def _without_two_states(request: dict[str, Any]) -> str:
    """What a request is that cannot change what policies fix; empty where it can."""
    # The API server takes nothing but the status from an update of the status.
    if request.get("subResource") == "status":
        return "an update of the status"
    return _WITHOUT_TWO_STATES.get(str(request.get("operation")), "")


def _part(review: Document, request: dict[str, Any], name: str) -> Document:
    """One of the objects of a request, with the places that it has in the review."""
    if not isinstance(request.get(name), dict):
        message = f"request.{name} is no object; the review of an UPDATE has both states"
        raise complaint(review, ("request", name), message)
    places = {
        where[2:]: span for where, span in review.places.items() if where[:2] == ("request", name)
    }
    return replace(review, value=request[name], places=places)
