"""What the orchestration of an execution costs in dollars, of few training jobs and of many.

    python -m benchmarks.orchestration_cost [--few 5] [--many 40] [--port 5620]

A real deployment to local AWS; what is counted is what happened: the execution's history, the
record of calls, and the logs with the durations of functions. What SageMaker bills is not in it.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.harness.figure import Figure, Goal, at_most
from benchmarks.harness.result import publish
from benchmarks.orchestration.bill import SAMPLE, Bill
from benchmarks.orchestration.deployment import deployed

CURVES, CALLS_A_CURVE = 20, 2  # tuning.report.curves.MOST; the list of streams, and one
NOTES = (
    "AWS's sample tunes, saves a model and transforms a test set; it checks no input, compares "
    "with no champion, deploys no endpoint and writes no report. Its figures are on paper: six "
    "states, three of them functions, and a second of 128 MB for each function.",
    "With the jobs grow the calls for learning curves, two for each of at most 20 jobs, and pages "
    "of lists, which have 100 jobs.",
    "Durations of functions are those of this machine, starts included, and not those of Lambda.",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--few", type=int, default=5, help="training jobs of the first execution")
    parser.add_argument("--many", type=int, default=40, help="and of the second")
    parser.add_argument("--port", type=int, default=5620)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory, deployed(Path(directory), options.port) as app:
        few, many, again = (app.run(jobs) for jobs in (options.few, options.many, options.few))
    for name, count in sorted(many.calls.items()):
        print(f"{count:5} {few.calls.get(name, 0):5} {again.calls.get(name, 0):5} {name}")
    beside = f"{options.many} jobs beside {options.few}"
    curves = CALLS_A_CURVE * (min(options.many, CURVES) - min(options.few, CURVES))
    pages = -(-options.many // 100)
    figures = [
        *priced(f"{options.few} jobs", few, again),
        *priced(f"{options.many} jobs", many),
        *growth(beside, [few, again], many, curves + pages),
    ]
    publish(
        "orchestration_cost",
        "Orchestration of an execution",
        'AWS\'s sample "Tune a machine learning model"; at the end, the execution of few jobs',
        figures,
        NOTES,
    )


def priced(what: str, *bills: Bill) -> list[Figure]:
    """Runs beside AWS's sample."""
    sample = (100 * SAMPLE.dollars,)
    cents = tuple(100 * bill.dollars for bill in bills)
    return [
        Figure(f"cost, {what}", "US cents", cents, sample, at_most(plus=2)),
        of("state transitions", what, "transitions", bills, [SAMPLE]),
        of("invocations", what, "invocations", bills, [SAMPLE]),
        of("GB-seconds", what, "gb_seconds", bills, [SAMPLE]),
        of("bytes of logs", what, "log_bytes", bills),
        of("API calls of functions", what, "api_calls", bills),
    ]


def growth(what: str, few: list[Bill], many: Bill, calls: int) -> list[Figure]:
    """What further jobs add: nothing but calls for pages and curves.

    Executions of few jobs were before and after: each finds more endpoints and packages.
    """
    return [
        of("state transitions", what, "transitions", [many], few, at_most(1)),
        of("invocations", what, "invocations", [many], few, at_most(1)),
        of("API calls of functions", what, "api_calls", [many], few, at_most(1, calls)),
    ]


def of(
    name: str,
    what: str,
    member: str,
    bills: Sequence[Bill],
    other: Sequence[Bill] = (),
    goal: Goal | None = None,
) -> Figure:
    """A member of bills."""
    ours, beside = ([getattr(bill, member) for bill in side] for side in (bills, other))
    return Figure(f"{name}, {what}", "", tuple(ours), tuple(beside), goal)


if __name__ == "__main__":
    main()
