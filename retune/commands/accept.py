"""`retune accept`."""

import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from retune.acceptance.acceptance_run import AcceptanceRun, by_deployment
from retune.acceptance.beginning import begin, chosen
from retune.acceptance.claims import read_claims
from retune.acceptance.cost import at_most, cost_of
from retune.acceptance.deploying import context_of
from retune.acceptance.page import Page
from retune.acceptance.progress import Progress
from retune.acceptance.result import Result, Status, results
from retune.acceptance.scenario import Scenario
from retune.acceptance.scenarios import SCENARIOS
from retune.aws import Aws, is_local
from retune.deployment.settings import read_settings
from retune.errors import FailedError, InputError
from retune.options import EnvironmentName, Written, Yes
from retune.output.listed import Format, new_table, write_json, write_table
from retune.output.terminal import confirm, write_line

_DEPLOYMENT_MINUTES = 10  # to deploy, and to remove

Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="SCENARIO|CLAIM",
        help="Play one scenario, or the one of a claim. Repeatable.",
    ),
]
Prefix = Annotated[
    str, typer.Option("--prefix", help="Begins the name of all that is made, and of nothing else.")
]
Keep = Annotated[bool, typer.Option("--keep", help="Remove nothing; a later call does.")]
Folder = Annotated[Path, typer.Option("--folder", help="For the page and the run's progress.")]


def accept(
    environment: EnvironmentName = None,
    only: Only = None,
    prefix: Prefix = "accept",
    folder: Folder = Path("runs/acceptance"),
    keep: Keep = False,
    yes: Yes = False,
    format: Written = Format.TABLE,
) -> None:
    """Play in an account what docs/unproven.md says nobody has seen there, and remove it again.

    Deploys this tree under a prefix of its own, which nothing may have yet, and plays scenarios
    that compare what AWS does with what is claimed. Says first how long that takes and what it
    costs at most, and asks. All that was made is removed, also after Ctrl-C; who was interrupted
    goes on with the same command. Writes acceptance.md and acceptance.html. Exit code 1 when a
    claim is refuted, a scenario fails or something could not be removed.

        retune accept --yes
        retune accept --only maps --only quota-names
    """
    scenarios = chosen(only or [])
    settings = read_settings(context_of(prefix, environment, {}))
    if settings.data_bucket:
        raise InputError(
            f"data_bucket = {settings.data_bucket!r}: the acceptance run writes rows of its own "
            "into a bucket of its own. Choose an --environment without data_bucket."
        )
    aws = Aws(settings.region)
    progress = begin(aws, prefix, folder)
    _tell_and_ask(aws, [each for each in scenarios if each.name not in progress.played], yes=yes)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as Ctrl-C does
    run = AcceptanceRun(aws, progress, folder, environment, lambda step: write_line(step, err=True))
    try:
        run.play(scenarios, keep=keep)
    finally:
        found = _write_page(progress, folder)
    if not keep:
        progress.forget(folder)
    _show(found, format)
    if any(result.is_red for result in found):
        raise typer.Exit(FailedError.exit_code)


def _tell_and_ask(aws: Aws, scenarios: Sequence[Scenario], *, yes: bool) -> None:
    """InputError when the answer is no, or nobody can answer."""
    groups = by_deployment(scenarios)
    minutes = sum(each.minutes for each in scenarios) + _DEPLOYMENT_MINUTES * (len(groups) + 1)
    hours = at_most(bound for each in scenarios for bound in each.bounds)
    parts = ", ".join(f"{time:g} h of {kind} ({usage})" for usage, kind, time in hours)
    write_line(
        f"{len(scenarios)} scenarios, {len(groups)} deployments: at most {minutes} minutes.",
        err=True,
    )
    if not is_local():
        cost = cost_of(aws.region or "", hours)
        write_line(f"Instances cost at most {cost}: {parts or 'none'}.", err=True)
        write_line("Requests, states and logs cost less than 1 USD beside.", err=True)
    if yes:
        return
    if not sys.stdin.isatty():
        raise InputError("Nothing is deployed. If that is meant: retune accept --yes")
    if not confirm(f"Play them as {aws.environment_name}?"):
        raise InputError("Nothing is deployed.")


def _write_page(progress: Progress, folder: Path) -> list[Result]:
    """Also of an interrupted run, as far as it has come."""
    found = list(results(read_claims(), SCENARIOS, progress.played, local=is_local()))
    cost = cost_of(progress.region, progress.billed.values())
    place = "local AWS" if is_local() else progress.region
    page = Page(found, progress.started[:10], place, is_local(), cost)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "acceptance.md").write_text(page.as_markdown(), encoding="utf-8")
    (folder / "acceptance.html").write_text(page.as_html(), encoding="utf-8")
    if not is_local():
        write_line(f"Instances have cost {cost}.", err=True)
    write_line(f"The page: {folder / 'acceptance.html'} and acceptance.md beside it.", err=True)
    return found


def _show(found: Sequence[Result], format: Format) -> None:
    if format is Format.JSON:
        write_json([result.as_document() for result in found])
        return
    untold = (Status.BY_HAND, Status.NOT_TRIED)
    write_table(_table([result for result in found if result.status not in untold]))


def _table(found: Sequence[Result]) -> Table:
    table = new_table()
    for column in ("claim", "scenario", "status", "seen"):
        table.add_column(column)
    for result in found:
        table.add_row(
            result.claim.id, result.claim.scenario or "", result.status.value, result.text
        )
    return table
