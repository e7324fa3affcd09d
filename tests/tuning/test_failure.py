"""ExplainFailure: every kind of error and cause becomes an outcome with its real reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tuning.errors import RetuneError
from tuning.failure.failure import Failure
from tuning.failure.outcomes import OUTCOMES
from tuning.variables.failed_state import FailedState

from tests.tuning.causes import of_api, of_job, of_lambda

ROOT = Path(__file__).parents[2]

QUOTA = (
    "The account-level service limit 'ml.m5.large for training job usage' is 2 Instances, with "
    "current utilization of 1 Instances and a request delta of 3 Instances. Please contact AWS "
    "support to request an increase for this limit."
)
CASES = {
    "input": (
        "PlanTuning",
        "InvalidInput",
        of_lambda("InvalidInput", "eta = 2: ..."),
        "InputRefused",
        "eta = 2",
    ),
    "data": (
        "PlanTuning",
        "MissingData",
        of_lambda("MissingData", "s3://b/train/"),
        "DataMissing",
        "s3://b/train/",
    ),
    "defect": (
        "PlanTuning",
        "KeyError",
        of_lambda("KeyError", "'BUCKET'"),
        "FunctionFailed",
        "PlanTuning: KeyError: (not shown)",
    ),
    "no trial": (
        "SelectBest",
        "NoUsableTrial",
        of_lambda("NoUsableTrial", "of 3 ..."),
        "NoTrialSucceeded",
        "of 3",
    ),
    "stopped without a best": (
        "SelectBest",
        "TuningStopped",
        of_lambda("TuningStopped", "of 3"),
        "TuningStopped",
        "of 3",
    ),
    "denied in a function": (
        "SelectBest",
        "ClientError",
        of_lambda(
            "ClientError",
            "An error occurred (AccessDeniedException) when calling the X operation: no",
        ),
        "AccessDenied",
        "when calling the X operation",
    ),
    "function out of time": (
        "PlanTuning",
        "Sandbox.Timedout",
        of_lambda("Sandbox.Timedout", "Task timed out after 120.00 seconds"),
        "TimedOut",
        "120.00",
    ),
    "tuning refused": (
        "RunTuning",
        "SageMaker.AmazonSageMakerException",
        of_api("ValidationException", "No S3 objects found"),
        "TuningFailed",
        "ValidationException: No S3 objects found",
    ),
    "tuning failed": (
        "RunTuning",
        "States.TaskFailed",
        of_job(HyperParameterTuningJobStatus="Failed", FailureReason="ClientError: no such image"),
        "TuningFailed",
        "RunTuning: ClientError: no such image",
    ),
    "SageMaker failed": (
        "RunTuning",
        "States.TaskFailed",
        of_job(HyperParameterTuningJobStatus="Failed", FailureReason="InternalServerError"),
        "ServiceFailed",
        "RunTuning: InternalServerError",
    ),
    "SDK task's service failed": (
        "CreateEndpointConfig",
        "SageMaker.SageMakerException",
        "We cannot. (Service: SageMaker, Status Code: 503, Request ID: 1) (SDK Attempt Count: 1)",
        "ServiceFailed",
        "CreateEndpointConfig: SageMaker.SageMakerException: We cannot.",
    ),
    "no answer": (
        "RegisterModel",
        "ConnectionClosedError",
        of_lambda("ConnectionClosedError", "Connection was closed before we received a response."),
        "ServiceFailed",
        "RegisterModel: ConnectionClosedError",
    ),
    "all training jobs failed": (
        "RunTuning",
        "States.TaskFailed",
        of_job(
            HyperParameterTuningJobStatus="Failed",
            FailureReason="All training jobs failed. For additional details, please list the "
            "training jobs of the tuning job.",
        ),
        "NoTrialSucceeded",
        "RunTuning: All training jobs failed",
    ),
    "HEAD failed": (
        "Decide",
        "ClientError",
        of_lambda("ClientError", "An error occurred (503) when calling the HeadObject operation"),
        "ServiceFailed",
        "Decide: An error occurred (503)",
    ),
    "champion not scored": (
        "Decide",
        "EvaluationFailed",
        of_lambda(
            "EvaluationFailed",
            "ScoreModel of the champion: SageMaker.AmazonSageMakerException: We cannot. "
            "(Status Code: 500)",
        ),
        "ServiceFailed",
        "Decide: ScoreModel of the champion: SageMaker.AmazonSageMakerException: We cannot.",
    ),
    "no metric": (
        "RunTuning",
        "States.TaskFailed",
        of_job(
            HyperParameterTuningJobStatus="Failed",
            FailureReason="No objective metrics found after running 2 training jobs.",
        ),
        "NoTrialSucceeded",
        "RunTuning: No objective metrics found",
    ),
    "report throttled": (
        "WriteReport",
        "ClientError",
        of_lambda("ClientError", "An error occurred (SlowDown) when calling the PutObject ..."),
        "ReportFailed",
        "WriteReport: An error occurred (SlowDown)",
    ),
    "no training job": (
        "RunTuning",
        "States.TaskFailed",
        of_job(
            HyperParameterTuningJobStatus="Failed",
            FailureReason="No training job succeeded after 5 attempts.",
        ),
        "NoTrialSucceeded",
        "after 5 attempts",
    ),
    "quota": (
        "RunTuning",
        "SageMaker.ResourceLimitExceededException",
        of_api("ResourceLimitExceeded", QUOTA),
        "LimitReached",
        "request at least 4",
    ),
    "quota of another service": (
        "Decide",
        "Lambda.ServiceQuotaExceededException",
        of_api("ServiceQuotaExceededException", "The quota is used up"),
        "LimitReached",
        "The quota is used up",
    ),
    "throttled": (
        "CreateModel",
        "SageMaker.AmazonSageMakerException",
        of_api("ThrottlingException", "Rate exceeded"),
        "Throttled",
        "Rate exceeded",
    ),
    "denied": (
        "DeployEndpoint",
        "SageMaker.AmazonSageMakerException",
        of_api("AccessDeniedException", "User: x is not authorized to perform: y"),
        "AccessDenied",
        "not authorized to perform: y",
    ),
    "out of time": (
        "RunTuning",
        "States.Timeout",
        "No cause was given.",
        "TimedOut",
        "States.Timeout: No cause was given.",
    ),
    "no capacity": (
        "RetrainBest",
        "States.TaskFailed",
        json.dumps(
            {"TrainingJobStatus": "Failed", "FailureReason": "CapacityError: Unable to provision"}
        ),
        "LimitReached",
        "Unable to provision",
    ),
    "retraining": (
        "RetrainBest",
        "States.TaskFailed",
        json.dumps({"TrainingJobStatus": "Failed", "FailureReason": "AlgorithmError: x"}),
        "RetrainingFailed",
        "AlgorithmError: x",
    ),
    "transform job stopped": (
        "ScoreTrials",
        "States.TaskFailed",
        json.dumps({"TransformJobName": "x-candidate-00", "TransformJobStatus": "Stopped"}),
        "EvaluationFailed",
        "ScoreTrials: The transform job x-candidate-00 was stopped: by somebody",
    ),
    "job without a description": (
        "ScoreTrials",
        "States.TaskFailed",
        "{}",
        "EvaluationFailed",
        "ScoreTrials: The job failed; SageMaker gave no reason.",
    ),
    "model": (
        "CreateModel",
        "SageMaker.AmazonSageMakerException",
        of_api("ValidationException", "Could not find model data"),
        "DeploymentFailed",
        "Could not find model data",
    ),
    "rolled back": (
        "DeployEndpoint",
        "EndpointRolledBack",
        "The endpoint still serves a. ping failed",
        "EndpointRolledBack",
        "DeployEndpoint: The endpoint still serves a.",
    ),
    "endpoint failed": (
        "DeployEndpoint",
        "EndpointFailed",
        "The endpoint is Failed. ping failed",
        "DeploymentFailed",
        "ping failed",
    ),
    "endpoint slow": (
        "DeployEndpoint",
        "EndpointTimedOut",
        "The endpoint is still Creating after 60 looks.",
        "DeploymentFailed",
        "60 looks",
    ),
    "superseded": (
        "DeployEndpoint",
        "EndpointSuperseded",
        "The endpoint serves b, which neither served before nor is of this execution.",
        "EndpointSuperseded",
        "The endpoint serves b",
    ),
    "endpoint deleted": (
        "DeployEndpoint",
        "SageMaker.SageMakerException",
        'Could not find endpoint "arn:aws:sagemaker:...:endpoint/retune". (Service: SageMaker, '
        "Status Code: 400, Request ID: 1) (SDK Attempt Count: 1)",
        "EndpointDeleted",
        "Could not find endpoint",
    ),
    "endpoint deleted while it was asked": (
        "VerifyEndpoint",
        "ClientError",
        of_lambda(
            "ClientError",
            "An error occurred (ValidationError) when calling the InvokeEndpoint operation: "
            "Endpoint retune of account 123456789012 not found.",
        ),
        "EndpointDeleted",
        "Endpoint retune of account 123456789012 not found.",
    ),
    "endpoint config deleted": (
        "DeployEndpoint",
        "SageMaker.SageMakerException",
        'Could not find endpoint configuration "arn:aws:sagemaker:...:endpoint-config/new".',
        "DeploymentFailed",
        "Could not find endpoint configuration",
    ),
    "tuning out of time": (
        "SelectBest",
        "TuningTimedOut",
        of_lambda("TuningTimedOut", "of 3"),
        "TuningTimedOut",
        "MaxRuntimeInSeconds",
    ),
    "denied by an SDK task": (
        "DeployEndpoint",
        "SageMaker.SageMakerException",
        "User: x is not authorized to perform: sagemaker:UpdateEndpoint (Service: SageMaker, "
        "Status Code: 400, Request ID: 1) (SDK Attempt Count: 1)",
        "AccessDenied",
        "sagemaker:UpdateEndpoint",
    ),
    "endpoint garbles": (
        "VerifyEndpoint",
        "EndpointUnhealthy",
        of_lambda("EndpointUnhealthy", "Answered: 'x'"),
        "EndpointUnhealthy",
        "Answered: 'x'",
    ),
    "report": (
        "WriteReport",
        "ValueError",
        of_lambda("ValueError", "x"),
        "ReportFailed",
        "ValueError: x",
    ),
    "stopped by a person": (
        "Step Functions",
        "ABORTED",
        "the execution is ABORTED. The data was wrong.",
        "Cancelled",
        "Step Functions: the execution is ABORTED. The data was wrong.",
    ),
    "out of time as a whole": (
        "Step Functions",
        "TIMED_OUT",
        "the execution is TIMED_OUT.",
        "TimedOut",
        "the execution is TIMED_OUT.",
    ),
    "error that no state can catch": (
        "Step Functions",
        "FAILED",
        "the execution is FAILED. States.DataLimitExceeded: The state returned too much.",
        "WorkflowFailed",
        "States.DataLimitExceeded: The state returned too much.",
    ),
    "description of a job that Step Functions has cut": (
        "RunTuning",
        "States.TaskFailed",
        '{"HyperParameterTuningJobName":"retune-00","HyperParameterTuningJobStatus":"Failed",'
        '"FailureReason":"No S3 objects found","TrainingJobDefinitions":[{"Env',
        "TuningFailed",
        "No S3 objects found",
    ),
    "description that is cut before it says why": (
        "RunTuning",
        "States.TaskFailed",
        '{"HyperParameterTuningJobName":"retune-00","TrainingJobDefinitions":[{"Env',
        "TuningFailed",
        "The tuning job retune-00 failed; SageMaker gave no reason.",
    ),
    "JSON that is no object": ("CreateModel", "Custom", "[1]", "DeploymentFailed", "Custom: [1]"),
}


def failed(state: str, error: str, cause: str) -> Failure:
    return Failure.of(FailedState(state=state, error=error, cause=cause))


@pytest.mark.parametrize(
    ("state", "error", "cause", "outcome", "words"), CASES.values(), ids=CASES.keys()
)
def test_failure_has_an_outcome_and_its_own_words(
    state: str, error: str, cause: str, outcome: str, words: str
) -> None:
    failure = failed(state, error, cause)
    assert failure.outcome == outcome
    assert words in failure.reason()
    assert failure.reason().startswith(f"{state}: ")
    assert OUTCOMES[outcome].action in failure.reason()


def test_reason_leaves_out_the_request_details() -> None:
    cause = of_api("ValidationException", "No S3 objects found")
    failure = failed("RunTuning", "SageMaker.X", cause)
    assert "Request ID" not in failure.reason()


def test_reason_names_the_setting_that_passes_on_what_step_functions_does_not_know() -> None:
    cause = (
        "the execution is FAILED. States.Runtime: An error occurred while executing the state "
        "'RunTuning'. The Parameters '{}' could not be used to start the Task: "
        '[The field "Autotune" is not supported by Step Functions]'
    )
    reason = failed("Step Functions", "FAILED", cause).reason()
    assert 'tuning_task = "callback"' in reason


def test_reason_says_that_a_redrive_of_what_has_recovered_is_no_help() -> None:
    redriven = "Redriving the execution would only end it so again: it takes a new one."
    assert failed("CreateModel", "X", "y").reason().endswith(redriven)
    stopped = failed("Step Functions", "ABORTED", "the execution is ABORTED.")
    assert redriven not in stopped.reason()


def test_reason_names_the_quota() -> None:
    cause = of_api("ResourceLimitExceeded", QUOTA)
    failure = failed("RunTuning", "SageMaker.X", cause)
    assert "Amazon SageMaker, 'ml.m5.large for training job usage'" in failure.reason()


def test_documentation_shows_the_outcomes_of_the_code() -> None:
    page = (ROOT / "docs" / "outcomes.md").read_text().splitlines()
    shown = [line for line in page if line.startswith("| `")]
    assert shown == [f"| `{o.name}` | {o.meaning} | {o.action} |" for o in OUTCOMES.values()]


@pytest.mark.parametrize(
    ("cause", "outcome", "words"),
    [
        (
            of_api("AccessDeniedException", "not authorized to perform: y"),
            "AccessDenied",
            "RunTuning: AccessDeniedException: not authorized to perform: y",
        ),
        (
            of_job(HyperParameterTuningJobStatus="Failed", FailureReason="ClientError: no image"),
            "TuningFailed",
            "RunTuning: ClientError: no image",
        ),
    ],
    ids=["refused", "failed"],
)
def test_failure_that_select_best_hands_on_is_run_tunings(
    cause: str, outcome: str, words: str
) -> None:
    handed_on = of_lambda("TuningFailed", cause)
    failure = failed("SelectBest", "TuningFailed", handed_on)
    first = failed("RunTuning", "States.TaskFailed", cause)
    assert failure.outcome == first.outcome == outcome
    assert failure.reason() == first.reason()
    assert failure.reason().startswith(words)


def test_every_error_that_is_raised_on_purpose_has_an_outcome_of_its_own() -> None:
    raised = [error.__name__ for error in RetuneError.__subclasses__()]
    assert len(raised) > 10
    for error in raised:
        if error != "ExecutionRedriven":  # of which recovery takes no notice
            failure = failed("Decide", error, "x")
            assert failure.outcome != "FunctionFailed", error
