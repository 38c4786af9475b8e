"""`lykta doctor`: the findings in words, or as JSON."""

import argparse
import json
import os
from dataclasses import asdict

from lykta.config.doctor.examine import Report, examine
from lykta.config.doctor.findings import Severity, worst

WORDS = {Severity.UNSAFE: "UNSAFE", Severity.WARNING: "mend"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One flag."""
    parser.add_argument("--json", action="store_true", help="answer as JSON, for a program")
    parser.epilog = "Exit status: 0 nothing found, 1 something to mend, 2 something is unsafe."


def doctor(options: argparse.Namespace) -> int:
    """Look, tell, and give the exit status."""
    report = examine(os.environ)
    print(as_json(report) if options.json else as_words(report))
    return worst(report.findings)


def as_words(report: Report) -> str:
    """The worst first, each with what to do."""
    lines = []
    for finding in sorted(report.findings, key=lambda found: -found.severity):
        lines += [f"{WORDS[finding.severity]:<7} {finding.subject}: {finding.said}", f"        → {finding.do}"]
    lines += [f"Not looked at: {sentence}" for sentence in report.unseen]
    unsafe, mend = (sum(f.severity == severity for f in report.findings) for severity in WORDS)
    lines.append(f"Unsafe: {unsafe}. To mend: {mend}." if unsafe or mend else "Nothing found that is wrong or unsafe.")
    return "\n".join(lines)


def as_json(report: Report) -> str:
    """Findings with all their parts; `status` is the exit status."""
    findings = [{**asdict(found), "severity": found.severity.name.lower()} for found in report.findings]
    return json.dumps(
        {"status": worst(report.findings), "findings": findings, "unseen": report.unseen}, ensure_ascii=False, indent=1
    )
