"""Tasks of the search's benchmarks: XGBoost really trained on tables, in three kinds of ranges.

`notebook` are the ranges of AWS's notebook on direct marketing, linear and with an `eta` from 0 on;
`recommended` those of `retune space`; `wide` are eleven hyperparameters in ranges most of which
learn nothing. On CHOSEN_ON changes of the search were tried, on HELD_BACK never.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import xgboost
from sklearn.model_selection import train_test_split

from benchmarks.playing.tables import read_table
from benchmarks.playing.tasks import Task, number, scaled_task
from benchmarks.playing.xgboost_tasks import curve, recommended_ranges

DRAWS = 60  # random configurations that give the scale of regret
SEED = 7

NOTEBOOK: dict[str, list[Any]] = {
    "IntegerParameterRanges": [number("max_depth", 1, 10)],
    "ContinuousParameterRanges": [
        number("eta", 0, 1),
        number("min_child_weight", 1, 10),
        number("alpha", 0, 2),
    ],
}
WIDE: dict[str, list[Any]] = {
    "IntegerParameterRanges": [number("max_depth", 1, 16), number("max_delta_step", 0, 10)],
    "ContinuousParameterRanges": [
        number("eta", 0.0001, 1, "Logarithmic"),
        number("gamma", 0.001, 100, "Logarithmic"),
        number("alpha", 0.001, 1000, "Logarithmic"),
        number("lambda", 0.001, 1000, "Logarithmic"),
        number("min_child_weight", 0.1, 300, "Logarithmic"),
        number("subsample", 0.1, 1),
        number("colsample_bytree", 0.1, 1),
        number("colsample_bylevel", 0.1, 1),
        number("colsample_bynode", 0.1, 1),
    ],
}
RANGES = {"notebook": NOTEBOOK, "recommended": recommended_ranges(), "wide": WIDE}
AUC = {"objective": "binary:logistic", "eval_metric": "auc"}
LOGLOSS = {"objective": "binary:logistic", "eval_metric": "logloss"}
RMSE = {"objective": "reg:squarederror", "eval_metric": "rmse"}


@dataclass(frozen=True)
class Table:
    """What is learnt of a table, without which columns, and in which ranges."""

    label: str
    drop: Sequence[str]
    settings: dict[str, str]
    ranges: str


OF_ACCIDENTS = ("MAX_SEV_IR", "INJURY_CRASH", "NO_INJ_I", "FATALITIES")
OF_BOOKS = ("Seq#", "ID#", "Yes_Florence", "No_Florence")
TABLES = {
    "UniversalBank": Table("Personal Loan", ("ID", "ZIP Code"), LOGLOSS, "notebook"),
    "Fundraising": Table("TARGET_B", ("Row Id", "Row Id.", "TARGET_D"), AUC, "notebook"),
    "ToyotaCorolla": Table("Price", ("Id", "Model"), RMSE, "recommended"),
    "COMPAS-clean": Table("two_year_recid", ("id",), AUC, "recommended"),
    "eBayAuctions": Table("Competitive?", (), AUC, "wide"),
    "GermanCredit": Table("RESPONSE", ("OBS#",), LOGLOSS, "wide"),
    "Bank-bias-data": Table("y", ("duration",), AUC, "notebook"),
    "Tayko": Table("Purchase", ("sequence_number", "Spending"), LOGLOSS, "notebook"),
    "WestRoxbury": Table("TOTAL VALUE", ("TAX",), RMSE, "recommended"),
    "Hair-Care-Product": Table("Purchase", ("Validation",), AUC, "recommended"),
    "Airfares": Table("FARE", (), RMSE, "wide"),
    "CharlesBookClub": Table("Florence", OF_BOOKS, AUC, "wide"),
    "Spambase": Table("Spam", (), LOGLOSS, "recommended"),
    "Taxi-cancellation-case": Table("Car_Cancellation", ("row#",), AUC, "wide"),
    "accidentsFull": Table("PRPTYDMG_CRASH", OF_ACCIDENTS, LOGLOSS, "wide"),
}
CHOSEN_ON = tuple(TABLES)[:6]
HELD_BACK = tuple(TABLES)[6:12]


def table_task(name: str, part: int = 0) -> Task:
    """Of as many rows of the table as a part has; another part has others."""
    table = TABLES[name]
    features, labels = read_table(name, table.label, table.drop, part)
    if table.settings["objective"] == "binary:logistic":
        labels = labels == labels.max()
    parts = train_test_split(features, labels, test_size=0.4, random_state=SEED)
    matrices = xgboost.DMatrix(parts[0], parts[2]), xgboost.DMatrix(parts[1], parts[3])
    settings = {**table.settings, "tree_method": "hist", "max_bin": "64"}
    of_rounds = partial(curve, *matrices, settings)
    title, ranges = f"{name}, {table.ranges}", RANGES[table.ranges]
    scaled = scaled_task(title, ranges, lambda tuned: of_rounds(tuned)[-1], draws=DRAWS)
    return replace(scaled, curve=of_rounds)
