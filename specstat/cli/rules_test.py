"""`specstat rules test`: the examples of packs, tried."""

from __future__ import annotations

import sys

from specstat.cli.errors import FINDINGS, UsageError
from specstat.rules import registry
from specstat.rules.patterns.examples import tried
from specstat.rules.patterns.reading import Pack, PackError, load


def execute(paths: tuple[str, ...]) -> int:
    """Try the examples of packs; 1 where one is not treated as it should be.

    Whoever names a pack here trusts it.
    """
    packs = [_loaded(path) for path in paths]
    failed = sum(_test(pack) for pack in packs)
    return FINDINGS if failed else 0


def _loaded(path: str) -> Pack:
    try:
        pack = load(path, trusted=True)
    except OSError as error:
        message = f"cannot read the pack {path}: {error.strerror}"
        raise UsageError(message) from None
    except PackError as error:
        raise UsageError(str(error)) from None
    for rule in pack.rules:
        if taken := registry.shipped().find(rule.name):
            place = pack.source.position(rule.start)
            what = f"{rule.name} is the name of {taken.code}; give {rule.code} another one"
            message = f"{path}:{place.line}:{place.column}: {what}"
            raise UsageError(message)
    return pack


def _test(pack: Pack) -> int:
    """Tell what fails of a pack, and return how many examples do."""
    results = [(rule, *tried(rule)) for rule in pack.rules]
    path, out = pack.source.path, sys.stdout
    for rule, count, failures in results:
        for failure in failures:
            place = pack.source.position(failure.offset)
            what = f"{rule.code} {rule.name}: {failure.message}"
            out.write(f"{path}:{place.line}:{place.column}: {what}\n")
        if not count:
            line = pack.source.position(rule.start).line
            out.write(f"{path}:{line}: {rule.code} {rule.name} has no examples\n")
    failed = sum(len(failures) for _, _, failures in results)
    wrong = f"{failed} not as {'it' if failed == 1 else 'they'} should be"
    counts = f"{_many(len(results), 'rule')}, {_many(sum(c for _, c, _ in results), 'example')}"
    out.write(f"{path}: {counts}, {wrong if failed else 'all right'}\n")
    return failed


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"
