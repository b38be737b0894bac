"""Rules of installed distributions, found by their entry points."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from specstat.model.diagnostic import Severity
from specstat.rules import registry
from specstat.rules.plugins import PluginError, offered
from tests.rules.distributions import POINT, RULE, install


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of installed packages; what was imported from it is forgotten."""
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    for name in [name for name in sys.modules if name.startswith("acme_rules")]:
        del sys.modules[name]


def refused(distribution: str = "acme-api-rules") -> str:
    with pytest.raises(PluginError) as caught:
        offered(distribution)
    return str(caught.value)


@pytest.mark.parametrize("name", ["acme-api.rules", "acme-api-rules", "Acme_API_Rules"])
def test_a_plugin_offers_rules_by_the_name_of_its_distribution(folder: Path, name: str) -> None:
    install(folder)

    (entry,) = offered(name)

    assert (entry.code, entry.name, entry.severity) == ("ACME002", "host-port", Severity.ERROR)
    catalogue = registry.shipped().plus([entry])
    assert catalogue.summary(entry) == "A port of the host."
    assert [e.code for e, _ in catalogue.field_rules(frozenset({"ACME002"}))] == ["ACME002"]


def test_a_rule_of_a_plugin_is_a_warning_unless_it_says_more(folder: Path) -> None:
    install(folder, RULE.replace("SEVERITY = Severity.ERROR\n", ""))

    assert offered("acme-api-rules")[0].severity is Severity.WARNING


def test_a_distribution_that_is_not_there_is_told_with_the_nearest(folder: Path) -> None:
    install(folder)

    assert refused("acme-api-rule").endswith("offers no rules; did you mean acme-api-rules?")


def test_without_any_plugin_that_is_told() -> None:
    assert refused().endswith("no distribution here offers specstat.rules")


@pytest.mark.parametrize(
    ("module", "point", "told"),
    [
        (
            RULE,
            "host_port = acme_rules.host_port",
            "offers a rule as 'host_port'; an entry point",
        ),
        (RULE, "ss101_a = acme_rules.host_port", "ss001 to ss999 are not free"),
        (
            RULE,
            "acme002_a = acme_rules.port",
            "cannot be loaded: ModuleNotFoundError: No module",
        ),
        ("1 / 0\n", POINT, "cannot be loaded: ZeroDivisionError: division by zero"),
        ("raise SystemExit(0)\n", POINT, "cannot be loaded: SystemExit: 0"),
        (
            RULE.replace('{"name": "hostPort"}', "5"),
            POINT,
            "host_port.OPTIONS is no mapping of names",
        ),
        (RULE.replace('"hostPort"}', "None}"), POINT, "OPTIONS is no mapping of names"),
        ("SCOPE = 'field'\n", POINT, "acme_rules.host_port, which is no rule: it wants SCOPE"),
        (RULE.replace("Scope.FIELD", "Scope.RUN"), POINT, "of scope RUN also confirm(own, other)"),
        (RULE.replace("Severity.ERROR", "'error'"), POINT, "SEVERITY is no specstat.model.diagnos"),
    ],
)
def test_a_plugin_that_cannot_be_used_is_told(
    folder: Path, module: str, point: str, told: str
) -> None:
    install(folder, module, point)

    assert re.search(re.escape(told), refused())
