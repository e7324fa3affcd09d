"""The registry entry: a request that SageMaker takes, whatever the run was like."""

from __future__ import annotations

import pytest
from local_sagemaker.sagemaker.request_validation import validate_request
from tuning.evaluation.decision import unproven
from tuning.registry.model_package import approval_status, model_quality, package_request

from tests.tuning.plans import make_plan

PROVEN = {
    "Decision": "Promote",
    "Reason": "AUC 0.8 of the candidate against 0.7 (champion): 'better', above the margin of 0.",
    "HeldOut": True,
    "MetricName": "AUC",
    "Candidate": {"ModelName": "new", "Score": 0.8, "Metrics": {"AUC": 0.8, "LogLoss": 0.4}},
    "Champion": {"ModelName": "old", "Score": 0.7},
    "DataVersion": {"Uri": "s3://bucket/data/test/", "Digest": "0123456789abcdef"},
}


def event(verdict=PROVEN, tuned=None):
    return {
        "TuningJobName": "retune-261124-0a1b2c3d-00",
        "Winner": {
            "TrainingImage": "1.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-xgboost:3.0-5",
            "MetricName": "validation:auc",
            "Value": 0.81,
            "TunedHyperParameters": tuned or {"eta": "0.1"},
        },
        "Model": {"TrainingJobName": "new", "ModelDataUrl": "s3://bucket/new/model.tar.gz"},
        "Verdict": verdict,
        "ExecutionId": "arn:aws:states:eu-west-1:123456789012:execution:retune:monday",
    }


REQUESTS = {
    "proven": (PROVEN, "s3://bucket/runs/monday/metrics.json"),
    "not proven": (unproven("There is no test channel."), None),
}


@pytest.mark.parametrize(("verdict", "metrics"), REQUESTS.values(), ids=REQUESTS.keys())
def test_request_meets_sagemakers_constraints(verdict, metrics):
    request = package_request(make_plan(), event(verdict), metrics, "monday")
    validate_request("CreateModelPackage", request)
    assert ("ModelMetrics" in request) is (metrics is not None)


def test_as_many_hyperparameters_as_can_be_tuned_fit_into_the_properties():
    tuned = {f"hyperparameter_{number}": "0.123456789" for number in range(30)}
    request = package_request(make_plan(), event(tuned=tuned), None, "monday")
    assert len(request["CustomerMetadataProperties"]) <= 50
    validate_request("CreateModelPackage", request)


def test_properties_tell_run_scores_and_data():
    properties = package_request(make_plan(), event(), None, "monday")["CustomerMetadataProperties"]
    expected = {
        "Execution": "monday",
        "HeldOut.AUC": "0.8",
        "Champion.AUC": "0.7",
        "DataVersion": "0123456789abcdef",
        "Tuned.eta": "0.1",
    }
    assert properties == {**properties, **expected}


STATUSES = [
    ("Promote", "Automatic", "Approved"),
    ("Promote", "Manual", "PendingManualApproval"),
    ("Keep", "Automatic", "Rejected"),
    ("Keep", "Manual", "Rejected"),
]


@pytest.mark.parametrize(("decision", "approval", "status"), STATUSES)
def test_approval_status_follows_from_verdict_and_input(decision, approval, status):
    assert approval_status(decision, approval) == status


def test_model_quality_has_model_monitors_names():
    quality = model_quality("BinaryClassification", {"AUC": 0.8, "BalancedAccuracy": 0.7})
    assert quality == {
        "binary_classification_metrics": {
            "auc": {"value": 0.8},
            "balanced_accuracy": {"value": 0.7},
        }
    }
