"""How good the Bayesian search is beside Optuna's TPE and Random, and how long it thinks.

    python -m benchmarks.search [KIND ...] [--seeds 2] [--jobs 20 50] [--data FOLDER] [--keep FILE]

Regret 0 is the best configuration that anybody has found, 1 a usual random one. Workers are
asynchronous: a trial ends in the order it was started, while the others run. The incumbent is
chosen by its observed value and judged by its noise-free one. All strategies see the same seeds and
tasks; ranks are within these blocks.

KIND is `tables` unless given; or `functions`, `trainings`, `xgboost` and, with a folder of
surrogate.py and surr_<task>.npz, `surrogates`. With --keep, what the file has is not played again.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.harness.figure import Figure, at_most
from benchmarks.harness.result import publish
from benchmarks.playing.figures import Regrets, compared
from benchmarks.playing.play import SAMPLERS, Kept, Played, own, play
from benchmarks.playing.table_tasks import CHOSEN_ON, HELD_BACK, table_task
from benchmarks.playing.tasks import Task, functions, surrogates, trainings
from benchmarks.playing.xgboost_tasks import xgboost_trainings

PARALLEL = 3


def tables() -> list[Task]:
    return [table_task(name) for name in (*HELD_BACK, *CHOSEN_ON)]


KINDS: dict[str, Callable[[], list[Task]]] = {
    "tables": tables,
    "functions": functions,
    "trainings": trainings,
    "xgboost": xgboost_trainings,
}


def thought(played: Iterable[Played], ours: str, other: str) -> Figure:
    """The processor time of the suggestions of whole tuning jobs, job by job its median."""
    by_strategy: dict[str, list[float]] = {ours: [], other: []}
    for each in played:
        if each.strategy in by_strategy:
            by_strategy[each.strategy].append(1000 * statistics.median(each.seconds))
    return Figure(
        f"processor time of a suggestion, beside {other}", "ms",
        tuple(by_strategy[ours]), tuple(by_strategy[other]), at_most(plus=50),
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kinds", nargs="*", default=["tables"], metavar="KIND")
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--jobs", type=int, nargs="+", default=[20, 50])
    parser.add_argument("--data", type=Path, help="folder of the surrogates")
    parser.add_argument("--keep", type=Path, help="file of tuning jobs that were played")
    options = parser.parse_args()
    if unknown := set(options.kinds) - {*KINDS, "surrogates"}:
        parser.error(f"no kind of task is called {', '.join(unknown)}")
    tasks = [task for kind in options.kinds if kind in KINDS for task in KINDS[kind]()]
    tasks += surrogates(options.data) if "surrogates" in options.kinds else []
    kept, most = Kept(options.keep), max(options.jobs)
    for seed in range(options.seeds):
        for task in tasks:
            for name in SAMPLERS:
                if not kept.get(task.name, name, seed, most):
                    kept.add(play(own(name, task, seed), name, task, most, PARALLEL, seed))
    regrets = Regrets(tasks, kept.all(), list(SAMPLERS))
    figures, notes = [thought(kept.all(), "Bayesian", "TPE")], list[str]()
    for jobs in options.jobs:
        found, told = compared(regrets, jobs)
        figures, notes = figures + found, notes + told
    title = f"Bayesian search on {len(tasks)} tasks ({', '.join(options.kinds)}), 3 jobs at a time"
    publish("search", title, "Optuna's TPE, and Random", figures, tuple(notes))


if __name__ == "__main__":
    main()
