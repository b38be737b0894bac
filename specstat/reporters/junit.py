"""JUnit's XML, as CI servers read it: a test case for each file that was looked at.

A file fails by the findings that fail the run; the others are told in its output.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from specstat.model.diagnostic import Diagnostic
from specstat.reporters.layout import visible
from specstat.reporters.notes import headline, reasons
from specstat.reporters.places import place
from specstat.reporters.report import Report
from specstat.reporters.summary import plural

# What XML 1.0 has no way to write.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def report(told: Report) -> str:
    """The whole report as an XML text."""
    by_file: dict[str, list[Diagnostic]] = {file: [] for file in told.checked}
    for diagnostic in told.shown:
        by_file.setdefault(diagnostic.location.file, []).append(diagnostic)
    root = Element("testsuites")
    suite = SubElement(root, "testsuite", {"name": "specstat"})
    for file, diagnostics in by_file.items():
        _case(suite, file, diagnostics, told)
    tallies = {
        "tests": len(suite),
        "failures": len(suite.findall("testcase/failure")),
        "errors": len(suite.findall("testcase/error")),
        "skipped": 0,
    }
    for element in (root, suite):
        element.attrib |= {key: str(count) for key, count in tallies.items()}
        element.set("time", f"{told.counts.seconds:.3f}")
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, "unicode")}\n'


def _case(suite: Element, file: str, diagnostics: Sequence[Diagnostic], told: Report) -> None:
    name = _clean(visible(file))
    case = SubElement(suite, "testcase", {"classname": "specstat", "name": name, "file": name})
    fatal = [d for d in diagnostics if d.fatal]
    failing = [d for d in diagnostics if told.fails(d) and not d.fatal]
    others = [d for d in diagnostics if not told.fails(d)]
    # One of each at most: readers differ in what they make of more.
    for tag, group in (("failure", failing), ("error", fatal)):
        if group:
            message = headline(group[0]) if len(group) == 1 else plural(len(group), "finding")
            kind = ", ".join(dict.fromkeys(d.code for d in group))
            element = SubElement(case, tag, {"message": _clean(message), "type": kind})
            element.text = _text(group)
    if others:
        SubElement(case, "system-out").text = _text(others)


def _text(diagnostics: Iterable[Diagnostic]) -> str:
    blocks = (
        "\n".join(
            (
                f"{place(d.location)}: {d.severity.word} {d.code} {headline(d)}",
                *(f"  {reason}" for reason in reasons(d)),
            )
        )
        for d in diagnostics
    )
    return _clean("\n\n".join(blocks))


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
