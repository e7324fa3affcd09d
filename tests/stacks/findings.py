"""What the checkers find, and the page that tells it: python -m tests.stacks.findings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ACKNOWLEDGED = Path(__file__).with_name("acknowledged_findings.json")
PAGE = Path(__file__).parents[2] / "docs" / "findings.md"
# The packs share their rules, and differ in the chapters of the standards that they name.
_PACK = re.compile(r"^(NIST\.800\.53\.R5|HIPAA\.Security|PCI\.DSS\.321)-")


def of_cdk_nag(report: Path) -> Iterator[tuple[str, str]]:
    """Each stack with what is found in it; the CDK's own check is in the same report."""
    for plugin in json.loads(report.read_text())["pluginReports"]:
        for violation in plugin["violations"]:
            for construct in violation["violatingConstructs"]:
                stack = construct["constructPath"].partition("/")[0]
                yield stack, _PACK.sub("", violation["ruleName"])


def of_checkov(output: str) -> Iterator[tuple[str, str]]:
    for check in json.loads(output)["results"]["failed_checks"]:
        yield Path(check["file_path"]).name.partition(".")[0], check["check_id"]


def acknowledged() -> dict[str, dict[str, str]]:
    """Reasons by finding: `accepted` whatever is set, and `settings` that do away with it."""
    read: dict[str, Any] = json.loads(ACKNOWLEDGED.read_text())
    return read


def page() -> str:
    known = acknowledged()
    accepted, settings = known["accepted"], known["settings"]
    return f"""# What checkers find

`make test` has the templates checked by cfn-lint, the CDK, checkov and cdk-nag with its packs
AwsSolutions, NIST 800-53 R5, HIPAA and PCI DSS: the template with the settings' defaults, and the
one with all that [a company can set](deployment.md#one-key-for-everything). Nothing is open. What
is acknowledged stands here, with the reason; a finding that is not here, and one that is here and
no longer found, fail the tests.

## {len(settings)} findings of the defaults, which settings do away with

They cost money, or fail in a fresh account.

| finding | setting, and why it is not the default |
|---|---|
{_rows(settings)}

## {len(accepted)} findings that stay

| finding | reason |
|---|---|
{_rows(accepted)}
"""


def _rows(reasons: dict[str, str]) -> str:
    shown = {finding.replace("<", "&lt;"): reason for finding, reason in sorted(reasons.items())}
    return "\n".join(f"| {finding} | {reason} |" for finding, reason in shown.items())


if __name__ == "__main__":
    PAGE.write_text(page())
