"""What an acceptance run plays, and whether it may begin where it is to."""

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from retune.acceptance.acceptance_run import playable
from retune.acceptance.progress import Progress, read_progress
from retune.acceptance.removal.removal import remains
from retune.acceptance.scenario import Scenario
from retune.acceptance.scenarios import SCENARIOS
from retune.aws import Aws
from retune.errors import InputError


def chosen(only: Sequence[str]) -> list[Scenario]:
    """In their own order; InputError names what is neither a scenario nor a claim of one."""
    by_claim = {claim: each for each in SCENARIOS.values() for claim in each.claims}
    wanted = set()
    for name in only:
        scenario = SCENARIOS.get(name) or by_claim.get(name)
        if scenario is None:
            raise InputError(
                f"--only {name}: there is no such scenario, and no claim that a scenario shows. "
                f"Scenarios: {', '.join(SCENARIOS)}. Claims: docs/unproven.md."
            )
        wanted.add(scenario.name)
    return playable(each for each in SCENARIOS.values() if not only or each.name in wanted)


def begin(aws: Aws, prefix: str, folder: Path) -> Progress:
    """A new run, or the one that was interrupted.

    Raises InputError when it was in another place, or something has the prefix that is not its own.
    """
    here = Progress(prefix, aws.account, aws.region or "")
    before = read_progress(folder)
    progress = before or here
    places = [(each.prefix, each.account, each.region) for each in (progress, here)]
    if places[0] != places[1]:
        raise InputError(
            f"An acceptance run as {places[0][0]} in {places[0][1]}, {places[0][2]} was "
            f"interrupted: finish it there, or give another --folder than {folder}."
        )
    progress.play_red_again()
    if before is None or before.removed:
        _refuse_what_is_there(remains(aws, prefix), prefix)
    return progress


def _refuse_what_is_there(found: Iterable[str], prefix: str) -> None:
    first = list(islice(found, 5))
    if first:
        raise InputError(
            f"--prefix {prefix}: it must be nobody's, since all that has it is removed in the end, "
            f"and there is: {', '.join(first)}. Choose another prefix."
        )
