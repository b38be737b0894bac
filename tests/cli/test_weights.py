"""Weights that people trained, as the commands judge with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from tests.cli.support import Cli, crd, process, write_weights

FIELDS = crd(spec={"glorp": "Words."}, status={"frob": "Words."})
LEARNED = ["SS102 Widget.spec.glorp"]
NAMES_OURS = "judge:\n  weights: ours.weights\n"
UNASKED = (
    "error: {place}: the weights file {path} is named by the tree itself and so is not loaded "
    "unasked; --trust loads it, or name it yourself: --weights {path}\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a CRD in apis/ and weights by which both its fields are status."""
    (tmp_path / ".git").mkdir()
    for name in ("apis", "more"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "widget.yaml").write_text(FIELDS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    write_weights(Path("ours.weights"))
    return tmp_path


def configure(text: str = NAMES_OURS, name: str = "specstat.yaml") -> None:
    Path(name).write_text(text, encoding="utf-8")


def found(cli: Cli, *arguments: str) -> list[str]:
    """What lint tells of which fields, without their places."""
    result = cli("lint", *arguments, "--format", "concise", "--quiet", "--show-info")
    assert result.code in {0, 1}, result.err
    return [" ".join(line.split()[2:4]) for line in result.out.splitlines()]


def section(cli: Cli, *arguments: str, stdin: str = "") -> str:
    """The section that `where` tells."""
    result = cli("where", *arguments, stdin=stdin)
    assert (result.code, result.err) == (0, "")
    answer: str = json.loads(result.out)["section"]
    return answer


def test_lint_judges_with_the_weights_that_are_named(cli: Cli) -> None:
    write_weights(Path("spec.weights"), -127)

    assert found(cli, "apis") == []
    assert found(cli, "apis", "--weights", "ours.weights") == LEARNED
    assert found(cli, "apis", "--weights", "spec.weights") == ["SS101 Widget.status.frob"]


def test_where_judges_with_them(cli: Cli) -> None:
    told = ("glorp", "--format", "json")

    assert section(cli, *told) == "spec"
    assert section(cli, *told, "--weights", "ours.weights") == "status"
    in_file = (*told, "--in", "apis/widget.yaml")
    assert section(cli, *in_file) == "spec"
    assert section(cli, *in_file, "--weights", "ours.weights") == "status"


def test_a_batch_is_judged_with_them(cli: Cli) -> None:
    line = '{"name": "glorp"}'

    assert section(cli, "--batch", "-", stdin=line) == "spec"
    assert section(cli, "--batch", "-", "--weights", "ours.weights", stdin=line) == "status"


def test_answers_of_a_person_are_judged_with_them(cli: Cli) -> None:
    ask = ("glorp", "--ask", "--format", "json")
    nothing = "?\n" * 4

    assert json.loads(cli("where", *ask, stdin=nothing).out)["section"] == "spec"
    learned = cli("where", *ask, "--weights", "ours.weights", stdin=nothing)
    assert json.loads(learned.out)["section"] == "status"


# What configurations name


COMMANDS = pytest.mark.parametrize(
    "command",
    [("lint", "apis"), ("where", "glorp", "--in", "apis/widget.yaml")],
    ids=["lint", "where"],
)


@COMMANDS
def test_weights_that_the_tree_names_are_not_loaded_unasked(
    cli: Cli, command: tuple[str, ...]
) -> None:
    configure()
    Path("ours.weights").unlink()  # it is not even looked for

    result = cli(*command)

    assert (result.code, result.out) == (2, "")
    assert result.err == UNASKED.format(place="specstat.yaml:2:12", path="ours.weights")


def test_lint_with_paths_alone_does_not_load_them_either(folder: Path) -> None:
    configure()

    result = process("lint", "apis", cwd=folder)

    assert (result.code, result.out) == (2, "")
    assert result.err == UNASKED.format(place="specstat.yaml:2:12", path="ours.weights")


def test_weights_that_the_tree_names_are_loaded_with_trust(cli: Cli) -> None:
    configure()

    assert found(cli, "apis", "--trust") == LEARNED
    in_file = ("glorp", "--in", "apis/widget.yaml", "--format", "json")
    assert section(cli, *in_file, "--trust") == "status"


def test_trust_changes_nothing_where_no_weights_are_named(cli: Cli) -> None:
    assert found(cli, "apis", "--trust") == []
    configure("judge: {}\n")
    assert found(cli, "apis", "--trust") == []
    assert section(cli, "glorp", "--trust", "--format", "json") == "spec"


def test_a_path_is_taken_from_the_folder_of_the_configuration(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure("judge: {weights: ../ours.weights}\n", "apis/specstat.yaml")
    monkeypatch.chdir(folder / "more")

    told = cli("lint", "../apis")

    assert told.err == UNASKED.format(
        place="../apis/specstat.yaml:1:18", path="../apis/../ours.weights"
    )
    assert found(cli, "../apis", "--trust") == LEARNED
    configure(f"judge: {{weights: '{folder}/ours.weights'}}\n", "../apis/specstat.yaml")
    assert found(cli, "../apis", "--trust") == LEARNED


def test_a_configuration_that_is_named_is_its_users_own_word(cli: Cli) -> None:
    configure(name="apis/own.yaml")
    write_weights(Path("apis/ours.weights"))
    named = ("--config", "apis/own.yaml")

    assert found(cli, "apis", *named) == LEARNED
    told = ("glorp", "--format", "json", *named)
    assert section(cli, *told) == section(cli, *told, "--in", "apis/widget.yaml") == "status"
    assert section(cli, "--batch", "-", *named, stdin='{"name": "glorp"}') == "status"


def test_a_named_file_goes_before_every_configuration(cli: Cli) -> None:
    configure("judge: {weights: nope.weights}\n")
    write_weights(Path("spec.weights"), -127)
    named = ("--weights", "spec.weights")

    assert found(cli, "apis", *named) == ["SS101 Widget.status.frob"]
    assert found(cli, "apis", *named, "--config", "specstat.yaml") == ["SS101 Widget.status.frob"]
    told = ("frob", "--in", "apis/widget.yaml", "--format", "json")
    assert section(cli, *told, *named) == "spec"


def test_without_a_file_no_configuration_is_looked_for(cli: Cli) -> None:
    configure()

    assert section(cli, "glorp", "--format", "json") == "spec"
    assert section(cli, "--batch", "-", stdin='{"name": "glorp"}') == "spec"


def test_each_file_is_judged_by_what_its_own_configuration_names(cli: Cli) -> None:
    for name, weight in (("apis", 127), ("more", -127)):
        configure(name=f"{name}/specstat.yaml")
        write_weights(Path(f"{name}/ours.weights"), weight)

    assert found(cli, "apis", "--trust") == LEARNED
    assert set(LEARNED) <= set(found(cli, ".", "--trust"))


def test_two_configurations_may_name_one_judge(cli: Cli) -> None:
    configure("judge: {weights: ../ours.weights}\n", "apis/specstat.yaml")
    configure(name="more/specstat.yaml")
    write_weights(Path("more/ours.weights"))

    assert found(cli, ".", "--trust") == LEARNED


def test_what_other_files_are_ruled_by_changes_no_verdict(cli: Cli) -> None:
    configure("judge: {weights: ../ours.weights}\n", "apis/specstat.yaml")
    Path("more/widget.yaml").write_text(FIELDS.replace("Widget", "Gadget"), encoding="utf-8")

    apart = [*found(cli, "apis", "--trust"), *found(cli, "more", "--trust")]

    assert found(cli, ".", "--trust") == apart == LEARNED


def test_annotate_judges_nothing_and_loads_nothing(cli: Cli) -> None:
    configure()
    # Comments have no place in JSON, so what is said goes into the configuration.
    definition = yaml.safe_load(FIELDS)
    Path("apis/widget.json").write_text(json.dumps(definition), encoding="utf-8")

    result = cli("annotate", "apis/widget.json", "Widget.spec.glorp", "sensitive")

    assert (result.code, result.err) == (0, "")
    text = Path("specstat.yaml").read_text(encoding="utf-8")
    assert text == f"{NAMES_OURS}fields:\n  example.com/Widget.spec.glorp: sensitive\n"
