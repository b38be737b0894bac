"""Small families of kinds, made for a test, and what linting them together tells."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from specstat.engine.check import Settings, levels_of
from specstat.engine.discover import Found
from specstat.engine.run import lint
from specstat.model.diagnostic import Diagnostic
from tests.rules.made import definition

# The same order in different words, and words that are no order.
ORDER = (
    "The token to hand over when closing the caller's pending activity. The worker has to present "
    "it along with the result."
)
REWORDED = (
    "Token by which the caller's pending activity is closed. The worker must present it together "
    "with the result."
)
OTHER = "Colour in which to paint the walls of the shed."
# Other rules have their say on a token, too.
PLACEMENT = Settings(levels_of(["SS1"]))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind with one field beside its input and phase, in either section or both."""

    name: str
    spec: str = ""
    status: str = ""
    group: str = "example.com"
    field: str = "callbackToken"
    more: tuple[str, ...] = ()

    def text(self) -> bytes:
        """The definition; `more` are paths of further fields, such as `status.image`."""
        sections = {"spec": {"input": "What to work on."}, "status": {"phase": "How far it is."}}
        told = {f"spec.{self.field}": self.spec, f"status.{self.field}": self.status}
        for path, description in (told | dict.fromkeys(self.more, "Words.")).items():
            section, _, name = path.partition(".")
            if description:
                sections[section][name] = description
        data = definition(sections["spec"], sections["status"], kind=self.name)
        return data.replace(b'"group": "example.com"', f'"group": "{self.group}"'.encode())


def together(folder: Path, *kinds: Kind) -> tuple[Diagnostic, ...]:
    """What linting these kinds reports, each in a file of its own."""
    files = []
    for number, kind in enumerate(kinds):
        path = folder / f"{number}.json"
        path.write_bytes(kind.text())
        files.append(Found(str(path), named=True))
    return lint(files, PLACEMENT).diagnostics


def loudness(diagnostics: tuple[Diagnostic, ...], code: str) -> dict[str, str]:
    """How loud a code is told, by subject; also within a finding on the same field."""
    return {d.subject: d.severity.word for d in diagnostics if code in {d.code, *d.also}}
