"""Plays tuning jobs of a search on a task, and remembers what they found."""

from __future__ import annotations

import json
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import optuna
from local_sagemaker.search.parameter_ranges import ParameterRange, read_parameter_ranges
from local_sagemaker.search.sampled import SampledSearch, bayesian_sampler, random_sampler
from local_sagemaker.search.search import Search, Suggestion

from benchmarks.playing.tasks import Task


class Player(Protocol):
    def suggest(self) -> tuple[Suggestion, float]:
        """The next suggestion and its processor seconds."""

    def observe(self, number: int, value: float) -> None: ...


class Own:
    """A search of this process."""

    def __init__(self, search: Search) -> None:
        self._search = search

    def suggest(self) -> tuple[Suggestion, float]:
        began = time.process_time()
        suggestion = self._search.suggest()
        assert suggestion is not None, "the ranges hold more than any search tries"
        return suggestion, time.process_time() - began

    def observe(self, number: int, value: float) -> None:
        self._search.observe(number, value)


class Remembering:
    """A player that keeps what was suggested."""

    def __init__(self, player: Player) -> None:
        self._player = player
        self.suggested: list[dict[str, str]] = []

    def suggest(self) -> tuple[Suggestion, float]:
        suggestion, seconds = self._player.suggest()
        self.suggested.append(suggestion.hyperparameters)
        return suggestion, seconds

    def observe(self, number: int, value: float) -> None:
        self._player.observe(number, value)


def tpe_sampler(seed: int, ranges: Sequence[ParameterRange]) -> optuna.samplers.BaseSampler:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
        return optuna.samplers.TPESampler(seed=seed)


SAMPLERS: dict[str, Callable[[int, Sequence[ParameterRange]], optuna.samplers.BaseSampler]] = {
    "Bayesian": bayesian_sampler,
    "TPE": tpe_sampler,
    "Random": lambda seed, ranges: random_sampler(seed),
}


def own(strategy: str, task: Task, seed: int) -> Player:
    ranges = read_parameter_ranges(task.ranges)
    return Own(SampledSearch(ranges, "Maximize", SAMPLERS[strategy](seed, ranges)))


@dataclass(frozen=True)
class Played:
    """A tuning job: of each training job, in the order in which they end, what it told and truly
    is worth; and the processor seconds of each suggestion."""

    task: str
    strategy: str
    seed: int
    observed: list[float]
    truths: list[float]
    seconds: list[float]

    def best(self, jobs: int) -> float:
        """The true value of the job that is best by what was observed."""
        return max(zip(self.observed[:jobs], self.truths[:jobs], strict=True))[1]


def play(player: Player, strategy: str, task: Task, jobs: int, parallel: int, seed: int) -> Played:
    """A trial ends in the order in which it was started, while the others run."""
    played = Played(task.name, strategy, seed, [], [], [])
    noise = np.random.default_rng(seed)
    running: deque[tuple[int, float]] = deque()
    for started in range(jobs + parallel):
        if started >= parallel:
            number, truth = running.popleft()
            played.truths.append(truth)
            played.observed.append(truth + task.noise * noise.standard_normal())
            player.observe(number, played.observed[-1])
        if started < jobs:
            suggestion, seconds = player.suggest()
            played.seconds.append(seconds)
            running.append((suggestion.number, task.value(suggestion.hyperparameters)))
    return played


class Kept:
    """Tuning jobs that were played, in a file: those it has are not played again."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        lines = path.read_text().splitlines() if path and path.exists() else []
        self._played = {self._key(found): found for found in map(_read, lines)}

    def all(self) -> Iterator[Played]:
        yield from self._played.values()

    def get(self, task: str, strategy: str, seed: int, jobs: int) -> Played | None:
        found = self._played.get((task, strategy, seed))
        return found if found and len(found.truths) >= jobs else None

    def add(self, played: Played) -> None:
        self._played[self._key(played)] = played
        if self._path:
            with self._path.open("a") as file:
                print(json.dumps(asdict(played)), file=file)

    @staticmethod
    def _key(played: Played) -> tuple[str, str, int]:
        return played.task, played.strategy, played.seed


def _read(line: str) -> Played:
    document: dict[str, Any] = json.loads(line)
    return Played(**document)
