"""Mistakes in how specstat was called."""

from __future__ import annotations

FINDINGS = 1
UNUSABLE = 2


class UsageError(Exception):
    """A wrong option or argument; the message says what, and what to do."""
