"""The text of a first configuration, from what a survey saw."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator

from specstat.engine.config.survey import Survey
from specstat.rules.profiles import DEFAULT, profiles

_REST = """\
# Louder, quieter or off, by code, name or the start of codes; `specstat rules` lists them:
# severity:
#   SS309: warning
#   SS4: info
#   status-without-subresource: off

# What fields of generated files are for:
# fields:
#   Widget.status.token: purpose=instruction changes=never
"""
_PROTO_GLOB = "*.proto"
_FILES_BY_RESOURCE = 10


def profile_of_crds(seen: Survey) -> str:
    """The profile that fits the CRDs of a repository; "" where it has none."""
    if (seen.composites + seen.providers) * 2 > seen.crds:
        return "crossplane"
    if not seen.crds:
        return ""
    return "kubebuilder" if seen.generated * 2 > seen.crds else DEFAULT


def profile_of_protos(seen: Survey) -> str:
    """The profile that fits the .proto files of a repository; "" where it has none."""
    if not seen.protos:
        return ""
    # Of an API in that style a file in several holds a resource; elsewhere such a one is a stray.
    if seen.halves * _FILES_BY_RESOURCE > seen.aips:
        return "krm-proto"
    return "aip" if seen.aips else DEFAULT


def text(seen: Survey, release: str, profile: str = "") -> str:
    """A commented configuration; `profile` is one that was asked for, `release` this release."""
    return "\n".join(_lines(seen, release, profile)) + "\n" + _REST


def _lines(seen: Survey, release: str, asked: str) -> Iterator[str]:
    crds, protos = profile_of_crds(seen), profile_of_protos(seen)
    profile = asked or crds or protos or DEFAULT
    yield "# What specstat goes by here. `specstat config show FILE` says what holds for a file."
    yield ""
    yield from _comment(f"{profile}: {profiles()[profile].when}")
    yield f"profile: {profile}"
    yield ""
    yield "# Rules that come with later releases stay off until this is raised."
    yield f"rules-as-of: {json.dumps(release)}"
    yield ""
    yield "# Other settings for some files; later patterns win."
    if asked or not protos or protos == profile:
        yield "# paths:"
    else:
        yield "paths:"
        yield from (f"  {line}" for line in _comment(f"{protos}: {profiles()[protos].when}"))
        yield f'  "{_PROTO_GLOB}": {{profile: {protos}}}'
    yield '#   "legacy/**": {ignore: [SS3]}'
    yield ""
    if seen.vendored:
        yield "# What others wrote is not looked for; a file that is named is read all the same."
        yield "exclude:"
        yield from (f"  - {json.dumps(f'{vendor}/**')}" for vendor in seen.vendored)
        yield ""
    if seen.roots:
        yield "# Where imports of .proto files begin, beside the folders above each file."
        yield "proto:"
        yield "  roots:"
        yield from (f"    - {json.dumps(root)}" for root in seen.roots)
        yield ""


def _comment(sentence: str) -> Iterator[str]:
    yield from (f"# {line}" for line in textwrap.wrap(sentence, 94))
