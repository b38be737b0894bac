"""The command line in this process, as the tests of the command line have it."""

from __future__ import annotations

from tests.cli.conftest import cli, plain_surroundings

__all__ = ["cli", "plain_surroundings"]
