"""Plays scenarios on deployments under one prefix, and removes all of it, whatever happens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from retune.acceptance.cost import billed
from retune.acceptance.deploying import context_of, deploy
from retune.acceptance.progress import Played, Progress
from retune.acceptance.removal.removal import remove_all
from retune.acceptance.scenario import Observation, Scenario
from retune.acceptance.stage import Stage
from retune.aws import Aws, is_local
from retune.stack import Stack

Tell = Callable[[str], None]


@dataclass(frozen=True)
class AcceptanceRun:
    """`folder` holds its progress, from which a second start goes on."""

    aws: Aws
    progress: Progress
    folder: Path
    environment: str | None
    tell: Tell

    def play(self, scenarios: Sequence[Scenario], *, keep: bool) -> None:
        """Those that have not been played; removes everything also when it is interrupted.

        Raises:
            FailedError: a deployment failed, or something is left in the account.
        """
        try:
            self._play(scenarios)
        finally:
            if not keep:
                self.remove()

    def remove(self) -> None:
        """What has the prefix, also when its costs, which are counted before, cannot be read."""
        try:
            self._count()
        finally:
            remove_all(self.aws, self.progress.prefix, self._tell_of_removal)
            self.progress.removed = True
            self.progress.save(self.folder)

    def _tell_of_removal(self, what: str) -> None:
        self.tell(f"removed the {what}")

    def _play(self, scenarios: Sequence[Scenario]) -> None:
        for settings, group in by_deployment(scenarios):
            left = [each for each in group if each.name not in self.progress.played]
            if left:
                self.progress.removed = False
                self.progress.save(self.folder)  # before anything is made
                stack = self._deploy(settings)
                for scenario in left:
                    self._play_one(scenario, stack)

    def _deploy(self, settings: Mapping[str, str]) -> Stack:
        told = ", ".join(f"{key}={value}" for key, value in settings.items())
        self.tell(f"deploy {self.progress.prefix}" + (f" with {told}" if told else ""))
        stack = deploy(self.aws, context_of(self.progress.prefix, self.environment, settings))
        Stage(self.aws, stack, minutes=1).upload_channels()
        return stack

    def _play_one(self, scenario: Scenario, stack: Stack) -> None:
        self.tell(f"play {scenario.name}: {scenario.about}")
        self.progress.played[scenario.name] = played(
            scenario, Stage(self.aws, stack, scenario.minutes)
        )
        self._count()

    def _count(self) -> None:
        """Costs so far: what is removed can no longer be asked."""
        self.progress.billed |= billed(self.aws, self.progress.prefix)
        self.progress.save(self.folder)


def played(scenario: Scenario, stage: Stage) -> Played:
    """What a scenario has seen, and why it came to no end.

    Every fault is one of its own claims: others are played all the same, since what is deployed for
    them is paid for.
    """
    seen: list[Observation] = []
    try:
        for observation in scenario.play(stage):
            seen.append(observation)
    except Exception as fault:
        return Played(seen, f"{type(fault).__name__}: {fault}")
    return Played(seen)


def by_deployment(
    scenarios: Iterable[Scenario],
) -> list[tuple[Mapping[str, str], list[Scenario]]]:
    """Scenarios that need the same settings side by side, so that each is deployed once."""
    ordered = sorted(scenarios, key=lambda each: sorted(each.settings.items()))
    return [(group[0].settings, group) for group in _groups(ordered)]


def _groups(ordered: list[Scenario]) -> list[list[Scenario]]:
    return [list(group) for _, group in groupby(ordered, key=lambda each: dict(each.settings))]


def playable(scenarios: Iterable[Scenario]) -> list[Scenario]:
    """On local AWS without those of which it can show nothing."""
    return [each for each in scenarios if not is_local() or each.is_local_at_all]
