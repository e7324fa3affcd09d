"""The registry entry: a request that SageMaker takes, whatever the run was like."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest
from local_sagemaker.sagemaker.request_validation import validate_request
from tuning.evaluation.decision import unproven
from tuning.registry.model_package import Registration, approval_status, model_quality
from tuning.variables.verdict import Proven, Unproven

from tests.tuning.hostile_text import HOSTILE
from tests.tuning.plans import make_plan
from tests.tuning.recorded import IMAGE
from tests.tuning.variables import a_winner, proven_verdict

PROVEN = proven_verdict()


TYPES = [
    ("csv", "text/csv", "text/csv"),
    ("libsvm", "text/libsvm", "text/csv"),
    ("application/x-parquet", "text/csv", "text/csv"),
    ("recordio-protobuf", "application/x-recordio-protobuf", "application/json"),
    ("application/x-image", "application/x-image", "text/csv"),
]


def registration(
    verdict: Proven | Unproven = PROVEN,
    tuned: dict[str, str] | None = None,
    metric: str = "validation:auc",
    samples: dict[str, str] | None = None,
) -> Registration:
    """As RegisterModel is handed it; `samples` changes members of the plan's Samples."""
    plan = make_plan().to_document()
    return Registration.parse(
        {
            "Plan": {**plan, "Samples": {**plan["Samples"], **(samples or {})}},
            "TuningJobName": "retune-261124-0a1b2c3d-00",
            "Winner": a_winner(
                metric_name=metric, tuned_hyper_parameters=tuned or {"eta": "0.1"}
            ).to_document(),
            "Model": {
                "TrainingJobName": "new",
                "TrainingImage": IMAGE,
                "ModelDataUrl": "s3://bucket/new/model.tar.gz",
            },
            "Verdict": verdict.to_document(),
            "ExecutionId": "arn:aws:states:eu-west-1:123456789012:execution:retune:monday",
            "ExecutionName": "monday",
        }
    )


REQUESTS = {
    "proven": (PROVEN, "s3://bucket/runs/monday/metrics.json"),
    "not proven": (unproven("There is no test channel."), None),
}


@pytest.mark.parametrize(("verdict", "metrics"), REQUESTS.values(), ids=REQUESTS.keys())
def test_request_meets_sagemakers_constraints(
    verdict: Proven | Unproven, metrics: str | None
) -> None:
    request = registration(verdict).request(metrics)
    validate_request("CreateModelPackage", request)
    assert ("ModelMetrics" in request) is (metrics is not None)


def test_as_many_hyperparameters_as_can_be_tuned_fit_into_the_properties() -> None:
    tuned = {f"hyperparameter_{number}": "0.123456789" for number in range(30)}
    request = registration(tuned=tuned).request(None)
    assert len(request["CustomerMetadataProperties"]) <= 50
    validate_request("CreateModelPackage", request)


@pytest.mark.parametrize("text", [*HOSTILE.values(), "x" * 255, "Execution", "Endpoint"])
def test_whatever_an_image_calls_its_metric_and_hyperparameters_sagemaker_takes_it(
    text: str,
) -> None:
    """And they do not stand in the place of what says whose the package is."""
    plain = registration(tuned={"eta": "0.1"}).request(None)["CustomerMetadataProperties"]
    request = registration(
        tuned={text: text, f"{text}<": "1", "empty": ""}, metric=text.replace("\n", "") or "m"
    ).request(None)
    validate_request("CreateModelPackage", request)
    properties = request["CustomerMetadataProperties"]
    assert len(properties) == len(plain) + 2
    own = plain.keys() - {"validation:auc", "Tuned.eta"}
    assert {name: properties[name] for name in own} == {name: plain[name] for name in own}


def test_description_begins_with_what_clients_must_change() -> None:
    registered = registration()
    changed = registered.plan.model_copy(update={"interface_changes": ("Channels: 3, not 2.",)})
    description = replace(registered, plan=changed).request(None)["ModelPackageDescription"]
    assert description == f"Channels: 3, not 2. {PROVEN.reason}"


def test_properties_tell_run_scores_and_data() -> None:
    properties = registration().request(None)["CustomerMetadataProperties"]
    expected = {
        "Execution": "monday",
        "HeldOut.AUC": "0.8",
        "Champion.AUC": "0.7",
        "DataVersion": "0123456789abcdef",
        "Tuned.eta": "0.1",
    }
    assert properties == {**properties, **expected}


@pytest.mark.parametrize(("trained_on", "taken", "answered"), TYPES)
def test_package_names_what_an_endpoint_takes_and_answers(
    trained_on: str, taken: str, answered: str
) -> None:
    samples = {"ContentType": trained_on, "Accept": answered}
    specification = registration(samples=samples).request(None)["InferenceSpecification"]
    assert specification["SupportedContentTypes"] == [taken]
    assert specification["SupportedResponseMIMETypes"] == [answered]


STATUSES = [
    ("Promote", "Automatic", "Approved"),
    ("Promote", "Manual", "PendingManualApproval"),
    ("Keep", "Automatic", "Rejected"),
    ("Keep", "Manual", "Rejected"),
]


@pytest.mark.parametrize(("decision", "approval", "status"), STATUSES)
def test_approval_status_follows_from_verdict_and_input(
    decision: Literal["Promote", "Keep"], approval: Literal["Automatic", "Manual"], status: str
) -> None:
    assert approval_status(decision, approval) == status


def test_model_quality_has_model_monitors_names() -> None:
    quality = model_quality("BinaryClassification", {"AUC": 0.8, "BalancedAccuracy": 0.7})
    assert quality == {
        "binary_classification_metrics": {
            "auc": {"value": 0.8},
            "balanced_accuracy": {"value": 0.7},
        }
    }
