"""`retune check` and `retune space`: nothing is started, everything is told."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tuning.algorithms.recommended_space import algorithms_with_a_space
from tuning.variables.cost import Cost
from tuning.variables.cost_bound import CostBound

from retune.execution_input import input_check

WRONG = {"ParameterRanges": {"eta": {"MinValue": "0.5", "MaxValue": "0.1"}}, "Colour": "red"}


@pytest.fixture
def wrong(tmp_path: Path) -> str:
    file = tmp_path / "input.json"
    file.write_text(json.dumps(WRONG))
    return str(file)


def test_without_a_stack_the_document_is_checked_and_that_is_said(
    empty_aws: Callable[..., Any],
) -> None:
    ended = empty_aws("check")
    assert ended.exit_code == 0, ended.output
    assert "Only the document was checked, not the data" in ended.stdout
    assert "There is no stack 'not-there'" in ended.stdout
    assert "at most 72000 instance-seconds (20 h 0 min) on ml.m5.large" in ended.stdout
    assert "At most that costs: unknown: the region is not known." in ended.stdout


def test_without_credentials_too(retune: Callable[..., Any]) -> None:
    ended = retune("check", "--format", "json")
    assert ended.exit_code == 0, ended.output
    assert "no AWS credentials" in json.loads(ended.stdout)["NotChecked"][0]


def test_every_fault_is_a_line_and_the_exit_code_is_2(
    retune: Callable[..., Any], wrong: str
) -> None:
    ended = retune("check", wrong)
    assert ended.exit_code == 2
    lines = [line for line in ended.stdout.splitlines() if line.startswith("Fault: ")]
    assert len(lines) == 2
    assert "Swap the two." in ended.stdout


@pytest.mark.parametrize("depth", [100, 5000])
def test_brackets_without_end_are_one_refusal(
    retune: Callable[..., Any], tmp_path: Path, depth: int
) -> None:
    file = tmp_path / "input.json"
    file.write_text('{"Channels": ' + "[" * depth + "]" * depth + "}")
    ended = retune("check", str(file))
    assert ended.exit_code == 2
    lines = (ended.stdout + ended.stderr).splitlines()
    assert len([line for line in lines if not line.startswith("Not checked")]) == 1


def test_findings_as_json(retune: Callable[..., Any], wrong: str) -> None:
    ended = retune("check", wrong, "--format", "json")
    assert ended.exit_code == 2
    found = json.loads(ended.stdout)
    assert [fault.split(" = ")[0] for fault in found["Faults"]] == [
        "Colour",
        "ParameterRanges.eta.MinValue",
    ]
    assert found["CostBound"] == {}


MODEL = """\
Owner: risk
ParameterRanges:
  eta:
    MinValue: 0.5
    MaxValue: 0.1
Schedule: {Expression: weekly}
"""


def test_fault_of_a_models_file_has_its_line(retune: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "bank.yaml"
    file.write_text(MODEL)
    ended = retune("check", str(file))
    assert ended.exit_code == 2
    assert [line.split(" = ")[0] for line in ended.stdout.splitlines() if "Fault" in line] == [
        f"Fault: {file}:6: Schedule.Expression",
        f"Fault: {file}:4: ParameterRanges.eta.MinValue",
    ]


def test_model_may_come_through_a_pipe(retune: Callable[..., Any]) -> None:
    ended = retune("check", "-", stdin=MODEL.replace("weekly", "rate(7 days)"))
    assert ended.exit_code == 2
    assert "Fault: stdin:4: ParameterRanges.eta.MinValue" in ended.stdout
    ended = retune("check", "-", stdin="RandomSeed: 7\nSchedule: {Expression: rate(7 days)}\n")
    assert ended.exit_code == 0, ended.output


def test_models_of_the_project_can_work(retune: Callable[..., Any]) -> None:
    for file in (Path(__file__).parents[2] / "models").iterdir():
        assert retune("check", str(file)).exit_code == 0


def test_warnings_do_not_refuse(retune: Callable[..., Any]) -> None:
    document = {
        "TrainingJobEarlyStoppingType": "Auto",
        "StaticHyperParameters": {
            "objective": "binary:logistic",
            "num_round": 9,
            "save_model_on_termination": False,
        },
    }
    ended = retune("check", "-", stdin=json.dumps(document))
    assert ended.exit_code == 0
    assert "Warning: StaticHyperParameters.save_model_on_termination" in ended.stdout


def test_without_a_test_channel_it_says_that_nothing_is_proved(
    retune: Callable[..., Any],
) -> None:
    channels = {name: f"s3://my-bucket/{name}/" for name in ("train", "validation")}
    ended = retune("check", "-", stdin=json.dumps({"Channels": channels}))
    assert ended.exit_code == 0
    assert "Warning: Channels.test is not given" in ended.stdout
    assert "nothing is proved" in ended.stdout
    assert "`retune split`" in ended.stdout
    channels["test"] = "s3://my-bucket/test/"
    ended = retune("check", "-", stdin=json.dumps({"Channels": channels}))
    assert "nothing is proved" not in ended.stdout


def test_recommended_space_is_an_input_that_passes_the_check(retune: Callable[..., Any]) -> None:
    space = retune("space", "xgboost").stdout
    assert "eta" in json.loads(space)["ParameterRanges"]
    assert retune("check", "-", stdin=space).exit_code == 0


@pytest.mark.parametrize("algorithm", algorithms_with_a_space())
def test_recommended_space_as_a_table(retune: Callable[..., Any], algorithm: str) -> None:
    shown = retune("space", algorithm, "--format", "table").stdout
    assert "Hyperparameter" in shown
    assert "Logarithmic" in shown


def test_unknown_algorithm_is_refused_with_the_known_ones(retune: Callable[..., Any]) -> None:
    ended = retune("space", "knn")
    assert ended.exit_code == 2
    assert "Use linear-learner or xgboost." in ended.stderr


def test_what_it_can_cost_is_told_and_the_endpoint_apart(
    retune: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    cost = Cost(amount=2.3, currency="USD", prices="us-east-1 of 2026-09-28")
    bound = CostBound(
        tuning_instance_seconds=72_000,
        retrain_instance_seconds=0,
        instance_seconds=72_000,
        instance_types=("ml.m5.large",),
        cost=cost,
        endpoint_instance_hour=cost.model_copy(update={"amount": 0.115}),
    )
    found = input_check.Findings(cost_bound=bound)
    monkeypatch.setattr(input_check, "check", lambda aws, stack, document: found)
    said = " ".join(retune("check").stdout.split())
    assert "costs: 2.30 USD by the prices for us-east-1 of 2026-09-28. Transform jobs" in said
    assert (
        "The endpoint, as long as it is there: 0.115 USD an hour for each instance, 83.95" in said
    )
