"""Small installed distributions that offer rules, as pip leaves them in a folder of packages."""

from __future__ import annotations

from pathlib import Path

RULE = '''\
"""A port of the host.

## What it does

Reports fields of spec that are called hostPort.
"""
from specstat.model.diagnostic import Finding, Severity
from specstat.rules.base import Scope

SCOPE = Scope.FIELD
SEVERITY = Severity.ERROR
OPTIONS = {"name": "hostPort"}


def check(context):
    if context.field.name == context.options["name"]:
        yield Finding(span=context.field.name_span, message="is a port of the host")
'''
POINT = "acme002_host_port = acme_rules.host_port"


def install(
    folder: Path, module: str = RULE, point: str = POINT, distribution: str = "acme-api.rules"
) -> None:
    """Write a distribution with one module and its entry point."""
    package = folder / "acme_rules"
    package.mkdir(parents=True, exist_ok=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "host_port.py").write_text(module, encoding="utf-8")
    info = folder / f"{distribution.replace('-', '_')}-1.0.dist-info"
    info.mkdir()
    metadata = f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n"
    (info / "METADATA").write_text(metadata, encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[specstat.rules]\n{point}\n", encoding="utf-8")
