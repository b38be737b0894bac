"""The rules of packs and plugins that configurations name: which exist for which file."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import specstat
from specstat.engine.check import Settings
from specstat.engine.config.finding import Configurations
from specstat.engine.config.loading import ConfigError
from specstat.engine.discover import discover
from specstat.engine.run import Run, lint
from specstat.rules import registry
from tests.cli.support import crd
from tests.rules.distributions import RULE, install

PACK = """\
rules:
- code: ACME001
  name: word-without-end
  severity: error
  match: {name: glorp}
  message: has no end
"""
FIELDS = crd(spec={"glorp": "Words.", "hostPort": "Words."}, status={"frob": "Words."})


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A repository with two folders of the same CRD, the first with a configuration."""
    (tmp_path / ".git").mkdir()
    for name in ("own", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "widget.yaml").write_text(FIELDS, encoding="utf-8")
    (tmp_path / "own" / "rules.yaml").write_text(PACK, encoding="utf-8")
    configure(tmp_path, "packs: [./rules.yaml]\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    yield tmp_path
    for name in [name for name in sys.modules if name.startswith("acme_rules")]:
        del sys.modules[name]


def configure(folder: Path, text: str) -> None:
    (folder / "own" / "specstat.yaml").write_text(text, encoding="utf-8")


def run(*paths: str, trust: bool = False) -> Run:
    return lint(discover(paths or (".",)), Settings(), configurations=Configurations(trust=trust))


def codes(run: Run, of: str = "ACME") -> list[tuple[str, str]]:
    return sorted(
        (place.file, d.code)
        for d in run.diagnostics
        for place in (d.location, *d.copies)
        if d.code.startswith(of)
    )


def refused(*, trust: bool = False) -> str:
    with pytest.raises(ConfigError) as caught:
        run(trust=trust)
    return str(caught.value)


def test_a_pack_holds_for_the_files_of_its_configuration_and_no_others() -> None:
    assert codes(run()) == [("own/widget.yaml", "ACME001")]


def test_the_run_tells_of_the_rules_of_all_packs() -> None:
    catalogue = run().catalogue

    entry = catalogue.find("word-without-end")
    assert entry is not None
    assert catalogue.summary(entry) == "Word without end."
    assert registry.shipped().find("ACME001") is None


def test_a_run_with_packs_survives_pickling() -> None:
    result = run()

    again: Run = pickle.loads(pickle.dumps(result))  # noqa: S301 - just pickled here

    assert again.diagnostics == result.diagnostics
    entry = again.catalogue.find("ACME001")
    assert entry is not None
    assert again.catalogue.summary(entry) == "Word without end."


def test_the_words_of_a_caller_choose_among_the_rules_of_packs() -> None:
    def found(select: str = "", ignore: str = "") -> list[tuple[str, str]]:
        words = {"select": select.split(), "ignore": ignore.split()}
        return codes(specstat.lint(["."], select=words["select"], ignore=words["ignore"]))

    assert found(select="ACME") == found(select="word-without-end") == found()
    assert found() == [("own/widget.yaml", "ACME001")]
    assert found(select="SS1") == found(ignore="ACME001") == []
    with pytest.raises(ValueError, match="unknown code ACME002; did you mean ACME001"):
        found(select="ACME002")


@pytest.mark.parametrize(
    ("configuration", "pack", "told"),
    [
        (
            "packs: [no.yaml]\n",
            PACK,
            "own/specstat.yaml:1:9: cannot read the pack own/no.yaml",
        ),
        (
            "packs: [rules.yaml]\n",
            "rules: 1\n",
            "own/rules.yaml:1:8: a pack holds rules: and",
        ),
        (
            "packs: [{}]\n",
            PACK,
            "own/specstat.yaml:1:9: packs wants a list of files: packs",
        ),
        (
            "packs: [rules.yaml, rules.yaml]\n",
            PACK,
            "own/specstat.yaml:1:21: rules.yaml brings ACME001 word-without-end, and there is ACME",
        ),
        (
            "packs: [rules.yaml]\n",
            PACK.replace("word-without-end", "input-in-status"),
            "own/specstat.yaml:1:9: rules.yaml brings ACME001 input-in-status, and there is SS101",
        ),
        (
            "packs: [rules.yaml]\n",
            PACK + "  when: field.required\n",
            "own/rules.yaml:7:9: when is code, and this pack is named by the tree itself, so it",
        ),
        (
            "plugins: [acme-api-rules]\n",
            PACK,
            "own/specstat.yaml:1:11: the plugin acme-api-rules is code, and named by the tree",
        ),
    ],
)
def test_what_cannot_be_used_is_told_where_it_is_named(
    folder: Path, configuration: str, pack: str, told: str
) -> None:
    configure(folder, configuration)
    (folder / "own" / "rules.yaml").write_text(pack, encoding="utf-8")

    assert refused().startswith(told)


def test_a_pack_with_expressions_is_loaded_with_trust(folder: Path) -> None:
    pytest.importorskip("cel_expr_python", reason="the extra [cel] is not installed")
    pack = PACK.replace("match: {name: glorp}", "when: field.name == 'glorp'")
    (folder / "own" / "rules.yaml").write_text(pack, encoding="utf-8")

    assert codes(run(trust=True)) == [("own/widget.yaml", "ACME001")]


def test_an_expression_that_fails_is_told_and_all_else_is_checked(folder: Path) -> None:
    pytest.importorskip("cel_expr_python", reason="the extra [cel] is not installed")
    pack = PACK.replace("match: {name: glorp}", "when: field.enum[3] == 'a'")
    (folder / "own" / "rules.yaml").write_text(
        pack + PACK[7:].replace("ACME001", "ACME003").replace("word", "glorp"), encoding="utf-8"
    )

    result = run(trust=True)

    (fault,) = [d for d in result.diagnostics if d.code == "SS000"]
    assert fault.message == (
        "Widget v1 made rule ACME001 fail (CelError: Index error: index=3 size=0); this is a fault "
        "of own/rules.yaml"
    )
    assert codes(result) == [("own/widget.yaml", "ACME003")]


def test_a_plugin_is_loaded_with_trust_and_runs_no_code_without(folder: Path) -> None:
    install(folder / "site", RULE + "\nopen('ran', 'w').close()\n")
    configure(folder, "plugins: [acme-api-rules]\n")

    refused()
    assert not Path("ran").exists()
    assert codes(run(trust=True)) == [("own/widget.yaml", "ACME002")]


def test_a_plugin_that_is_not_named_is_not_loaded(folder: Path) -> None:
    install(folder / "site", RULE + "\nopen('ran', 'w').close()\n")

    run(trust=True)

    assert not Path("ran").exists()


def test_a_rule_of_a_plugin_that_fails_is_told_as_its_fault(folder: Path) -> None:
    install(folder / "site", RULE.replace('"name"]', '"nam"]'))
    configure(folder, "plugins: [acme-api-rules]\n")

    faults = {d.label for d in run(trust=True).diagnostics if d.code == "SS000"}

    assert faults == {
        "made rule ACME002 fail (KeyError: 'nam'); this is a fault of acme_rules.host_port"
    }


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("raise SystemExit(0)", "SystemExit: 0"),
        ("return [1]", "AttributeError: 'int' object has no attribute 'on'"),
        ("return None", "TypeError: 'NoneType' object is not iterable"),
    ],
)
def test_a_rule_of_a_plugin_never_ends_the_run(folder: Path, body: str, told: str) -> None:
    install(folder / "site", RULE.partition("def check")[0] + f"def check(_):\n    {body}\n")
    configure(folder, "plugins: [acme-api-rules]\n")

    labels = {d.label for d in run(trust=True).diagnostics if d.code == "SS000"}

    assert labels == {f"made rule ACME002 fail ({told}); this is a fault of acme_rules.host_port"}
