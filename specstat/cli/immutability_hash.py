"""`specstat immutability hash`: the hash of what a policy fixes in an object."""

from __future__ import annotations

import json
import sys

from specstat.cli.errors import UsageError
from specstat.cli.immutability_sides import checked, document, policy_for
from specstat.immutability.equality.canonical import ALGORITHM
from specstat.immutability.equality.digest import canonical_form, digest, names


def execute(path: str, policy: str, crd: str, name: str, form: str) -> int:
    """Write the hash, alone or with what it is made of; returns the exit code.

    The form of JSON is published in `specstat/reporters/hash.schema.json`.
    """
    if form not in {"text", "json"}:
        message = f"there is no format {form}; use text or json"
        raise UsageError(message)
    one = document(path)
    used = policy_for(one, policy, crd, name)
    of = (checked(one, used).value, used.cells, used.schema)
    if form == "text":
        sys.stdout.write(digest(*of) + "\n")
        return 0
    told = {
        "version": 1,
        "policy": used.terms.name,
        "algorithm": ALGORITHM,
        "hash": digest(*of),
        "fields": names(*of),
        "canonical": canonical_form(*of),
    }
    sys.stdout.write(json.dumps(told, indent=2) + "\n")
    return 0
