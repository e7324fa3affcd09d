"""`retune doctor`."""

import textwrap

import typer

from retune.deployment.settings import context_options, read_settings
from retune.doctor.examination import examine
from retune.doctor.finding import Finding, Status
from retune.doctor.patient import Patient
from retune.options import Context, EnvironmentName, StackName, Written
from retune.output.listed import Format, write_json
from retune.output.terminal import write
from retune.stack import DEFAULT_STACK

_COLUMNS = 80
_WIDTH = 24  # of status and name


def doctor(
    environment: EnvironmentName = None,
    context: Context = None,
    format: Written = Format.TABLE,
    stack: StackName = DEFAULT_STACK,
) -> None:
    """Look for what would keep a run or a deployment from working, and say what to do.

    Credentials, region, the CDK's bootstrap, quotas, the stack with roles, bucket, schedules and
    who confirmed its e-mails, each model as PlanTuning finds it, and whether this tree is what is
    deployed. Starts and changes nothing. A line is ok, warn or bad; exit code 1 when one is bad.

        retune doctor
        retune doctor --environment prod --format json
        retune doctor -c retune:name_prefix=bank
    """
    given = context_options(context or [], environment, stack)
    settings = read_settings(given)
    found = []
    for finding in examine(Patient(settings, given)):
        found.append(finding)
        if format is Format.TABLE:
            write(_line(finding))
    if format is Format.JSON:
        write_json([finding.as_document() for finding in found])
    if any(finding.status is Status.BAD for finding in found):
        raise typer.Exit(1)


def _line(finding: Finding) -> str:
    """Status, name and text in 80 columns; a URI that is longer stays whole, to be copied."""
    head = f"{finding.status:<5} {finding.check}".ljust(_WIDTH - 1) + " "
    text = " ".join(finding.text.split())
    return textwrap.fill(
        text,
        _COLUMNS,
        initial_indent=head,
        subsequent_indent=" " * _WIDTH,
        break_on_hyphens=False,
        break_long_words=False,
    )
