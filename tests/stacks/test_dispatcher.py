"""Models beyond what a stack holds as schedules take no resource of their own."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App

from configuration.faults import ConfigurationError
from configuration.models import read_models
from configuration.settings import Settings
from retune.deployment.deployed_template import models_of, synthesized_template
from stacks.retune_stack import RetuneStack
from tests.stacks.policies import statements

pytestmark = pytest.mark.slow  # two synths

WEEKLY = {"Expression": "cron(0 6 ? * MON *)", "TimeZone": "Europe/Berlin"}


def models(number: int) -> list[dict[str, Any]]:
    return [{"ModelName": f"m{index}", "Schedule": WEEKLY} for index in range(number)]


def assembly(directory: Path, number: int) -> Path:
    app = App(outdir=str(directory))
    RetuneStack(app, "retune", settings=Settings.parse({}), models=models(number))
    app.synth()
    return directory


@pytest.fixture(scope="module")
def of_1000(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return assembly(tmp_path_factory.mktemp("of1000"), 1000)


def kinds(folder: Path) -> Counter[str]:
    template = json.loads((folder / "retune.template.json").read_text())
    return Counter(resource["Type"] for resource in template["Resources"].values())


def resources(folder: Path) -> dict[str, Any]:
    found = json.loads((folder / "retune.template.json").read_text())["Resources"]
    return dict(found)


def test_a_thousand_models_take_what_111_do(of_1000: Path, tmp_path: Path) -> None:
    found = kinds(of_1000)
    assert found == kinds(assembly(tmp_path, 111))
    assert sum(found.values()) < 200
    assert found["AWS::Scheduler::Schedule"] == 3  # the sweep, the measures, and this one
    assert (of_1000 / "retune.template.json").stat().st_size < 500_000


def test_their_documents_and_schedules_lie_in_one_object(of_1000: Path) -> None:
    found = models_of(synthesized_template(of_1000, "retune"))
    assert len(found) == 1000
    last = found["m999"]
    assert last["ScheduleExpression"] == WEEKLY["Expression"]
    assert last["ScheduleExpressionTimezone"] == WEEKLY["TimeZone"]
    assert json.loads(last["Target"]["Input"])["Endpoint"] == {"EndpointName": "retune-m999"}


@pytest.mark.parametrize(
    "function", ["PlanTuning", "ListModels", "MeasureModels", "StartDueModels"]
)
def test_who_needs_the_models_may_read_that_object_and_no_other(
    of_1000: Path, function: str
) -> None:
    read = [s for s in statements(resources(of_1000), f"Functions{function}")]
    models = (s for s in read if ".json" in json.dumps(s["Resource"]))
    (found,) = (s for s in models if "cdk-hnb659fds-assets" in json.dumps(s["Resource"]))
    assert found["Action"] == "s3:GetObject"
    assert "*" not in json.dumps(found["Resource"])


def test_plan_tuning_knows_that_the_models_have_no_alarms(of_1000: Path) -> None:
    (plan_tuning,) = (
        each["Properties"]
        for each in resources(of_1000).values()
        if each.get("Properties", {}).get("FunctionName") == "retune-PlanTuning"
    )
    assert plan_tuning["Environment"]["Variables"]["MODELS_WITHOUT_ALARMS"] == "true"


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (
            {"Endpoint": {"InitialInstanceCount": 2, "Rollout": {"Type": "Canary"}}},
            "Endpoint.Rollout.Alarms is not given: There are more models than 0 ",
        ),
        (
            {"Schedule": {"Expression": "cron(0 26 ? * MON *)"}},
            "Retune itself reads when they are due: 26 is not within 0 and 23",
        ),
    ],
    ids=["rollout without alarms", "cron"],
)
def test_what_they_cannot_have_is_refused_with_its_place(model: Any, words: str) -> None:
    given = [{"ModelName": "bank"} | model]
    with pytest.raises(ConfigurationError) as refused:
        read_models(given, Settings.parse({"models_with_schedules": 0}))
    assert words in str(refused.value)
    assert "models[bank]" in str(refused.value)
    assert len(read_models(given, Settings.parse({}))) == 1
