"""A configuration with what it extends: the nearer file is laid over the one further away."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from specstat.engine.config.loading import load
from specstat.engine.config.nouns import Configuration, Layer
from specstat.readers.settings.places import ConfigError, NamedFile


def resolved(path: str, top: Callable[[Path], Path | None]) -> Configuration | None:
    """A configuration file with all that it extends; None for TOML without `[tool.specstat]`.

    `top` is the top of the tree that a folder is in, None where there is none: what stands outside
    may not be extended. ConfigError where any of the files cannot be used.
    """
    found = load(path)
    if found is None:
        return None
    tree = top(Path(os.path.abspath(path)).parent)  # noqa: PTH100 - resolve would leave the links' way
    chain = [found]
    seen = [os.path.realpath(path)]
    while (named := chain[-1].extends) is not None:
        chain.append(_extended(named, tree, seen))
    bases = tuple(base.source.path for base in chain[1:])
    laid = chain.pop()
    while chain:
        laid = over(laid, chain.pop())
    return replace(laid, bases=bases)


def _extended(named: NamedFile, tree: Path | None, seen: list[str]) -> Configuration:
    """The next file of a chain; `seen` are the real paths of those before."""
    path, real = named.file.as_posix(), os.path.realpath(named.file)
    if os.path.realpath(short := os.path.normpath(path)) == real:  # no link lies between
        path = Path(short).as_posix()
    if tree is not None and not Path(real).is_relative_to(os.path.realpath(tree)):
        link = f" (a link to {real})" if named.file.is_symlink() else ""
        message = (
            f"extends leads out of the repository, to {named.path}{link}; name a file within "
            f"{tree.name}/"
        )
        raise named.place.error(message)
    if real in seen:
        names = [Path(p).name for p in (*seen[seen.index(real) :], real)]
        message = f"extends goes in a circle: {' > '.join(names)}; remove one of them"
        raise named.place.error(message)
    seen.append(real)
    if not Path(path).is_file():
        message = f"there is no file {named.path} to extend; it is looked for at {path}"
        raise named.place.error(message)
    try:
        found = load(path)
    except ConfigError as error:
        message = str(error)
        raise ConfigError(f"{message} (extended by {named.place.brief})") from None
    if found is None:
        raise named.place.error(f"{named.path} has no [tool.specstat] to extend")
    return found


def over(base: Configuration, own: Configuration) -> Configuration:
    """What holds where one configuration is laid over another.

    Mappings are merged, the nearer entry counts; lists and single values are the nearer file's,
    where it gives them.
    """
    return replace(
        own,
        rules=_layer_over(base.rules, own.rules),
        paths=(*base.paths, *own.paths),
        entries=tuple({e.key: e for e in (*base.entries, *own.entries)}.values()),
        exclude=base.exclude if own.exclude is None else own.exclude,
        weights=own.weights or base.weights,
        packs=base.packs if own.packs is None else own.packs,
        plugins=base.plugins if own.plugins is None else own.plugins,
        proto_roots=base.proto_roots if own.proto_roots is None else own.proto_roots,
        require_reason=own.require_reason or base.require_reason,
        baseline=own.baseline or base.baseline,
        fail_on=own.fail_on or base.fail_on,
    )


def _layer_over(base: Layer, own: Layer) -> Layer:
    return Layer(
        profile=own.profile or base.profile,
        as_of=own.as_of or base.as_of,
        select=base.select if own.select is None else own.select,
        ignore=base.ignore if own.ignore is None else own.ignore,
        severity=(*base.severity, *own.severity),
        options=(*base.options, *own.options),
    )
