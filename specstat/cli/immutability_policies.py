"""The policies that command lines name: files, those of the configuration, packaged ones."""

from __future__ import annotations

from pathlib import Path

from specstat.cli.errors import UsageError
from specstat.engine.config.finding import Configurations
from specstat.immutability.language import finding
from specstat.immutability.policy import Policy, compiled
from specstat.immutability.terms import PolicyError, Terms
from specstat.readers.settings.places import ConfigError


def loaded_policy(policy: str, crd: str = "", version: str = "", name: str = "") -> Policy:
    """A policy against its CRD, as a command line names both; UsageError for what cannot be used.

    `policy` is a file, or else the name of a policy of the configuration around the current folder,
    or else a packaged name. `name` says which of a file with several.
    """
    terms = named_terms(policy, name)
    try:
        return compiled(terms, crd or None, version)
    except PolicyError as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise _unreadable(error) from None


def named_terms(policy: str, name: str = "") -> Terms:
    """What a policy says that a command line names, as `loaded_policy` finds it; UsageError."""
    if Path(policy).is_file():
        return _of_file(policy, name)
    own = _configured()
    for terms in own:
        if terms.name == policy:
            return terms
    if not own or policy in finding.packaged() or Path(policy).exists():
        return _of_file(policy, name)
    names = ", ".join(terms.name for terms in own)
    message = (
        f"there is no policy {policy}; name a file, one of the configuration ({names}), or one "
        f"that comes with specstat ({', '.join(finding.packaged())})"
    )
    raise UsageError(message)


def _configured() -> tuple[Terms, ...]:
    configurations = Configurations()
    try:
        return configurations.policies_of(configurations.of(""))
    except ConfigError as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise _unreadable(error) from None


def _of_file(policy: str, name: str) -> Terms:
    try:
        return finding.one_of(finding.load(finding.file_of(policy)), name, policy)
    except PolicyError as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise _unreadable(error) from None


def _unreadable(error: OSError) -> UsageError:
    return UsageError(f"cannot read {error.filename}: {error.strerror}")
