"""docs/execution-input.md says what the code does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tuning.algorithms.algorithm import load_algorithm
from tuning.algorithms.autopilot_metrics import autopilot_metrics
from tuning.checks.check_input import check_input
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.search_space import SearchSpace

TEXT = (Path(__file__).parents[2] / "docs" / "execution-input.md").read_text()
XGBOOST = load_algorithm("xgboost")
LINEAR_LEARNER = load_algorithm("linear-learner")


def section(title: str) -> str:
    return TEXT.split(f"\n## {title}\n")[1].split("\n## ")[0]


def rows(text: str) -> list[list[str]]:
    return [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in text.splitlines()[2:]
        if line.startswith("| `")
    ]


def test_every_field_has_a_row() -> None:
    documented = [row[0].rstrip(" *").strip("`") for row in rows(section("Fields"))]
    assert sorted(documented) == sorted(ExecutionInput.names() - {"$schema"})


def test_every_autopilot_metric_has_a_row() -> None:
    documented = {row[0].strip("`"): row[1] for row in rows(section("Autopilot's names"))}
    assert documented == {
        name: " or ".join(f"`{metric}`" for metric in metrics if metric in XGBOOST.metrics)
        for name, metrics in autopilot_metrics().items()
    }


def test_every_tunable_hyperparameter_has_its_bounds() -> None:
    documented = {row[0].strip("`"): row[1:] for row in rows(section("Hyperparameters"))}
    assert documented == {
        name: [known.tuned_as, str(known.range), " to ".join(known.recommended)]
        for name in XGBOOST.tunable
        for known in [XGBOOST.hyperparameters[name]]
    }


def test_every_tunable_hyperparameter_of_linear_learner_has_its_bounds() -> None:
    documented = {row[0].strip("`"): row[1:] for row in rows(section("Linear Learner"))}
    for name in LINEAR_LEARNER.tunable:
        known = LINEAR_LEARNER.hyperparameters[name]
        valid = ", ".join(known.choices) or str(known.range)
        searched = (", " if known.choices else " to ").join(known.recommended)
        assert documented[name] == [known.tuned_as, valid, searched]


def test_recommended_metrics_of_linear_learner_fit_their_predictor() -> None:
    predictors = LINEAR_LEARNER.hyperparameters["predictor_type"].choices
    tables = {row[0].strip("`"): row[1] for row in rows(section("Linear Learner"))}
    for predictor in predictors:
        for name in re.findall(r"`(.+?)`", tables[predictor]):
            assert LINEAR_LEARNER.metrics[name].fits_objective(predictor)


def test_every_metric_that_is_recommended_fits_and_tells_the_truth() -> None:
    for patterns, metrics in rows(section("Metrics")):
        objectives = [
            objective
            for objective in XGBOOST.hyperparameters["objective"].choices
            for pattern in re.findall(r"`(.+?)`", patterns)
            if re.fullmatch(pattern.replace("*", ".+"), objective)
        ]
        assert objectives
        for name in re.findall(r"`(.+?)`", metrics):
            metric = XGBOOST.metrics[name]
            assert any(metric.fits_objective(objective) for objective in objectives)
            assert not any(metric.defect_in("3.2-0", objective) for objective in objectives)


COMPLETE = [
    *re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL),
    *re.findall(r"such as\n`({.*?})`, is taken", TEXT),
    *re.findall(r"`({.*?})` is a complete input", TEXT),
]


@pytest.mark.parametrize("document", COMPLETE, ids=range(len(COMPLETE)))
def test_every_complete_input_can_be_used_as_it_stands(document: str) -> None:
    check_input(json.loads(document), name_prefix="retune")


def test_both_ways_to_write_ranges_mean_the_same() -> None:
    written = re.findall(r"```json\n(.*?)```", section("Hyperparameters"), re.DOTALL)
    runs = [check_input(json.loads(text), name_prefix="retune") for text in written]
    ours, sagemakers = (SearchSpace.of(run, XGBOOST).to_sagemaker() for run in runs)
    assert ours == sagemakers


def test_versions_are_those_of_the_algorithm() -> None:
    *first, last = XGBOOST.versions
    assert f"{', '.join(first)} or {last}" in section("Fields")
    assert f"`{XGBOOST.default_version}`" in section("Fields")
