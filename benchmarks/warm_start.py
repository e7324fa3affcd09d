"""What parents bring to a tuning job, and what parents that mislead cost it.

    python -m benchmarks.warm_start [--seeds 2] [--jobs 20] [--only TABLE ...]

A parent is a Bayesian tuning job of as many jobs. Regret is that of the best training job; with
IdenticalDataAndAlgorithm of the best of child and parent, as OverallBestTrainingJob tells it, where
the data really are the same. The tables are those of benchmarks/playing/table_tasks.py that have
rows enough for two parts.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from local_sagemaker.search.search import Observation
from local_sagemaker.search.strategies import create_search

from benchmarks.harness.figure import Figure, Goal, at_most
from benchmarks.harness.result import publish
from benchmarks.playing.figures import Array, written
from benchmarks.playing.play import Own, Remembering, play
from benchmarks.playing.table_tasks import table_task
from benchmarks.playing.tasks import Task, tuning_config

CHOSEN_ON = (
    "UniversalBank", "Fundraising", "COMPAS-clean", "Spambase", "Taxi-cancellation-case",
    "accidentsFull",
)  # fmt: skip
HELD_BACK = ("Bank-bias-data", "WestRoxbury", "Hair-Care-Product", "CharlesBookClub")
# Of the same ranges: to the search another table is as good a parent as any.
OTHER = {
    "UniversalBank": "Fundraising",
    "Fundraising": "Bank-bias-data",
    "Bank-bias-data": "UniversalBank",
    "COMPAS-clean": "Spambase",
    "Spambase": "WestRoxbury",
    "WestRoxbury": "Hair-Care-Product",
    "Hair-Care-Product": "COMPAS-clean",
    "Taxi-cancellation-case": "accidentsFull",
    "accidentsFull": "CharlesBookClub",
    "CharlesBookClub": "Taxi-cancellation-case",
}
PARALLEL = 3
PARENT_SEED = 1000  # more than the child's
WHY_MISSED = (
    "The best configuration of 600 validation rows is partly chance, of which other rows of the "
    "table know nothing."
)
RELATED, MISLEADING = at_most(0.7), at_most(1, 0.02)


@dataclass(frozen=True)
class Parents:
    """The training jobs of the parents, and how the child is told of them."""

    jobs: Sequence[Sequence[Observation]] = ()
    transfer: bool = False
    counts: bool = False  # whether the child may name a parent's job its best


KINDS: Mapping[str, Goal] = {
    "same data, IdenticalDataAndAlgorithm": RELATED,
    "other rows of the table, TransferLearning": RELATED,
    "same data, objective inverted, IdenticalDataAndAlgorithm": MISLEADING,
    "same data, objective inverted, TransferLearning": MISLEADING,
    "another table, TransferLearning": MISLEADING,
}


def parents_of(
    name: str, seed: int, jobs: int, tasks: Mapping[tuple[str, int], Task]
) -> list[Parents]:
    """One for each of KINDS."""

    def trained(table: str, part: int) -> list[Observation]:
        return tune(tasks[table, part], seed + PARENT_SEED, jobs, Parents())[1]

    same, rows, table = trained(name, 0), trained(name, 1), trained(OTHER[name], 0)
    inverted = [Observation(each.hyperparameters, -each.value) for each in same]
    return [
        Parents([same], counts=True),
        Parents([rows], transfer=True),
        Parents([inverted]),
        Parents([inverted], transfer=True),
        Parents([table], transfer=True),
    ]


def tune(task: Task, seed: int, jobs: int, parents: Parents) -> tuple[float, list[Observation]]:
    """The best value, and all training jobs."""
    config = tuning_config("Bayesian", seed, task.ranges)
    search = create_search(config, parents=parents.jobs, transfer=parents.transfer)
    player = Remembering(Own(search))
    played = play(player, "Bayesian", task, jobs, PARALLEL, seed)
    found = [
        Observation(hyperparameters, value)
        for hyperparameters, value in zip(player.suggested, played.truths, strict=True)
    ]
    theirs = [each.value for parent in parents.jobs for each in parent if parents.counts]
    return max(*played.truths, *theirs), found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--jobs", type=int, default=20)
    parser.add_argument("--only", nargs="+", default=(*CHOSEN_ON, *HELD_BACK), choices=OTHER)
    options = parser.parse_args()
    names: Sequence[str] = options.only
    asked = {(name, part) for name in names for part in (0, 1)} | {(OTHER[n], 0) for n in names}
    tasks = {each: table_task(*each) for each in sorted(asked)}
    # Of each table and seed: the best without parents, then with each kind of parents.
    best = np.zeros((len(names), options.seeds, 1 + len(KINDS)))
    for row, name in enumerate(names):
        for seed in range(options.seeds):
            kinds = [Parents(), *parents_of(name, seed, options.jobs, tasks)]
            for column, parents in enumerate(kinds):
                best[row, seed, column] = tune(tasks[name, 0], seed, options.jobs, parents)[0]
    usual = np.array([tasks[name, 0].usual for name in names])[:, np.newaxis, np.newaxis]
    known = [max(tasks[name, 0].best, best[row].max()) for row, name in enumerate(names)]
    top = np.array(known)[:, np.newaxis, np.newaxis]
    regrets = (top - best) / (top - usual)
    tell(regrets, len(names), options.jobs)


def tell(regrets: Array, tables: int, jobs: int) -> None:
    figures: list[Figure] = []
    notes: list[str] = []
    without = regrets[..., 0]
    for column, (kind, goal) in enumerate(KINDS.items(), 1):
        ours = regrets[..., column]
        # A number a seed: the mean of all tables.
        with_, none = (tuple(each.mean(axis=0).tolist()) for each in (ours, without))
        figures.append(Figure(f"regret after {jobs} jobs, {kind}", "", with_, none, goal))
        notes.append(f"{kind}: regret with less without {written((ours - without).ravel())}.")
    title = f"Parents of a tuning job, {tables} tables, {without.shape[1]} seeds"
    publish(
        "warm_start", title, "the same tuning job without parents", figures, (*notes, WHY_MISSED)
    )


if __name__ == "__main__":
    main()
