"""`python -m tests.year`: plays a year on local AWS and says what was right.

    python -m tests.year [--weeks 52] [--unchanged] [--seed 0] [--messages FILE]

Each week new customers come, or none; the schedule's own input starts an execution, which really
tunes, judges and deploys. What a model is worth is measured on 40,000 fresh rows. `--unchanged`
plays candidates that are no better on unchanged data, with RetuneWhen: Always. Exit code 1 when an
outcome was not the one that the week should have. About 10 s a week on two cores.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from local_sagemaker.local_aws import LocalAws
from local_sagemaker.process import background
from local_sagemaker.process.free_port import free_port

from tests.fault_matrix.deployment import deploy
from tests.fault_matrix.stack import Stack
from tests.year.retuning import RESOLUTION, Record, Retuning
from tests.year.upload import Channels
from tests.year.weeks import year

MODEL = "churn"
FILE = {
    "Schedule": {"Expression": "cron(0 6 ? * MON *)"},
    "StaticHyperParameters": {
        "objective": "binary:logistic",
        "eval_metric": "auc",
        "num_round": "30",
    },
    "ResourceLimits": {"MaxNumberOfTrainingJobs": 4, "MaxParallelTrainingJobs": 2},
}
LINE = "{:>4}  {:<8} {:<13} {:>5} {:>4}  {:>7}  {:>9}  {}"


def main() -> int:
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder)
        local = LocalAws(
            background.start(free_port(), directory / "local-aws", 0.05, with_parent=True)
        )
        try:
            records = _live(_deployed(local, directory), arguments)
        finally:
            background.stop(directory / "local-aws")
    _summary(records)
    if arguments.messages:
        said = (message for record in records for message in record.messages)
        Path(arguments.messages).write_text("\n\n----\n\n".join(said) + "\n")
    return 0 if all(record.expected for record in records) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="A year of weekly retuning on local AWS")
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--unchanged", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--messages", help="file for what a person would have read")
    return parser.parse_args()


def _deployed(local: LocalAws, directory: Path) -> Stack:
    models = directory / "models"
    models.mkdir()
    (models / f"{MODEL}.json").write_text(json.dumps(FILE))
    return deploy(local, "year", directory / "cdk.out", models=str(models))


def _live(stack: Stack, arguments: argparse.Namespace) -> list[Record]:
    schedule = stack.client("scheduler").get_schedule(Name=f"{stack.prefix}-{MODEL}")
    retuning = Retuning(
        stack.client,
        run=lambda document: stack.finish(stack.start(document)),
        heard=stack.messages,
        document=json.loads(schedule["Target"]["Input"]),
        endpoint=f"{stack.prefix}-{MODEL}",
        channels=Channels(stack.client("s3"), stack.outputs["DataBucketName"], seed=arguments.seed),
    )
    _ = stack.queue  # subscribes, before there is something to hear
    print(LINE.format("week", "event", "outcome", "right", "jobs", "USD", "truly", "seconds"))
    records = []
    for week in year(arguments.weeks, unchanged=arguments.unchanged):
        record = retuning.live(week)
        records.append(record)
        _print(record)
    return records


def _print(record: Record) -> None:
    right = "yes" if record.expected and not record.wrong else "NO"
    truly = "" if record.better is None else f"{record.better:+.4f}"
    line = LINE.format(
        record.week.number, record.week.event, record.outcome, right, record.tuned,
        f"{record.cost:.5f}", truly, f"{record.seconds:.0f}",
    )  # fmt: skip
    print(line, flush=True)
    if right == "NO":
        print(f"      {record.reason}", flush=True)


def _summary(records: Iterable[Record]) -> None:
    all_records = list(records)
    outcomes = Counter(record.outcome for record in all_records)
    replaced = [r for r in all_records if r.outcome == "Deployed" and r.better is not None]
    print()
    print(", ".join(f"{outcome} {count}" for outcome, count in outcomes.most_common()))
    print(f"{sum(r.expected for r in all_records)} of {len(all_records)} ended as they should")
    equal = sum(abs(r.better or 0) <= RESOLUTION for r in replaced)
    worse = sum(r.wrong for r in replaced)
    print(f"{len(replaced)} replacements: {worse} by something worse, {equal} by something as good")
    print(f"{sum(not r.messages for r in all_records)} weeks without a message")
    print(f"{sum(r.cost for r in all_records):.4f} USD of training at list price")


if __name__ == "__main__":
    sys.exit(main())
