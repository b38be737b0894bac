"""specstat: where each field of a Kubernetes-style API belongs, by its purpose.

The public names are imported when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["lint", "load_weights", "where"]

if TYPE_CHECKING:
    from specstat.api import lint, load_weights, where

_HOMES = {"lint": "specstat.api", "load_weights": "specstat.api", "where": "specstat.api"}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name not in _HOMES:
        message = f"module 'specstat' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HOMES[name]), name)
