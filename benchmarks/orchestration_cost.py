"""What the orchestration of an execution costs in dollars, of few training jobs and of many.

    python -m benchmarks.orchestration_cost [--few 5] [--many 40] [--port 5620]

A real deployment to local AWS; what is counted is what happened: the execution's history, the
record of calls, and the logs with the durations of functions. What SageMaker bills is not in it.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.harness.figure import Figure, at_most
from benchmarks.harness.result import publish
from benchmarks.orchestration.bill import SAMPLE, Bill
from benchmarks.orchestration.deployment import deployed

TWO_CENTS = at_most(plus=2)
NOTES = (
    "AWS's sample tunes, saves a model and transforms a test set; it checks no input, compares "
    "with no champion, deploys no endpoint and writes no report. Its figures are on paper: six "
    "states, three of them functions, and a second of 128 MB for each function.",
    "What grows with the jobs are calls of DescribeTrainingJob, one a job: nothing else tells what "
    "SageMaker bills for managed spot training, nor the instance that a job of several types got. "
    "Learning curves are two calls each, for at most 20 jobs.",
    "Durations of functions are those of this machine, starts included, and not those of Lambda.",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--few", type=int, default=5, help="training jobs of the first execution")
    parser.add_argument("--many", type=int, default=40, help="and of the second")
    parser.add_argument("--port", type=int, default=5620)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory, deployed(Path(directory), options.port) as app:
        few, many = app.run(options.few), app.run(options.many)
    for name, count in sorted(many.calls.items()):
        print(f"{count:5} {few.calls.get(name, 0):5} {name}")
    figures = [
        *priced(f"{options.few} jobs", few),
        *priced(f"{options.many} jobs", many),
        *growth(f"{options.many} jobs beside {options.few}", few, many, options.many - options.few),
    ]
    publish(
        "orchestration_cost",
        "Orchestration of an execution",
        'AWS\'s sample "Tune a machine learning model"; at the end, the execution of few jobs',
        figures,
        NOTES,
    )


def priced(what: str, bill: Bill) -> list[Figure]:
    """A run beside AWS's sample."""
    return [
        Figure(
            f"cost, {what}", "US cents", (100 * bill.dollars,), (100 * SAMPLE.dollars,), TWO_CENTS
        ),
        Figure(f"state transitions, {what}", "", (bill.transitions,), (SAMPLE.transitions,)),
        Figure(f"invocations, {what}", "", (bill.invocations,), (SAMPLE.invocations,)),
        Figure(f"GB-seconds, {what}", "", (bill.gb_seconds,), (SAMPLE.gb_seconds,)),
        Figure(f"bytes of logs, {what}", "", (bill.log_bytes,)),
        Figure(f"API calls of functions, {what}", "", (bill.api_calls,)),
    ]


def growth(what: str, few: Bill, many: Bill, more: int) -> list[Figure]:
    """What further jobs add: nothing but a call for each hundred."""
    return [
        Figure(
            f"state transitions, {what}", "", (many.transitions,), (few.transitions,), at_most(1)
        ),
        Figure(f"invocations, {what}", "", (many.invocations,), (few.invocations,), at_most(1)),
        Figure(
            f"API calls of functions, {what}",
            "",
            (many.api_calls,),
            (few.api_calls,),
            at_most(1, -(-more // 100)),
        ),
    ]


if __name__ == "__main__":
    main()
