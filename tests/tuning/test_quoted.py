"""What containers say of secrets is not repeated, nor what they say of rows."""

from __future__ import annotations

import json

from tuning.failure.error_cause import ErrorCause, essence, told
from tuning.quoted import repeatable, secrets_of, without_secrets
from tuning.trials.trials import Trial, TuningJob
from tuning.variables.failed_state import FailedState

from tests.tuning.recorded import trial_summary, tuning_job

N = "(not shown)"

QUOTE = "could not convert string to float: 'Smith'; cannot reach db:hunter2-x"
ENVIRONMENT = {"Environment": {"DB_PASSWORD": "hunter2-x", "VERBOSE": "1"}}


def test_reasons_of_jobs_are_told_without_rows_and_secrets() -> None:
    described = {**tuning_job(FailureReason=QUOTE), "TrainingJobDefinition": ENVIRONMENT}
    job = TuningJob.parse(described)
    trial = Trial.parse(trial_summary(1, FailureReason=QUOTE), job.secrets)
    expected = f"could not convert string to float: {N}; cannot reach db:{N}"
    assert (job.failure_reason, trial.failure_reason) == (expected, expected)
    assert "hunter2-x" not in repr(job)


def test_secrets_are_the_values_of_every_definition_that_are_no_common_words() -> None:
    assert secrets_of(ENVIRONMENT) == ("hunter2-x",)
    assert secrets_of({"TrainingJobDefinition": ENVIRONMENT}) == ("hunter2-x",)
    assert secrets_of({"TrainingJobDefinitions": [{}, ENVIRONMENT]}) == ("hunter2-x",)


def test_secret_is_left_out_as_json_writes_it_too() -> None:
    assert without_secrets(r'{"a": "x\"y\nz"}', ['x"y\nz']) == f'{{"a": "{N}"}}'


def test_cause_that_is_handed_on_says_no_more_than_is_read_of_it() -> None:
    cause = (
        '{"TransformJobName": "t", "TransformJobStatus": "Failed", "FailureReason": "Bad.", '
        '"Environment": {"DB_PASSWORD": "hunter2-x"}, "TransformJobArn": "arn"}'
    )
    kept = essence(cause)
    assert "hunter2-x" not in kept
    assert ErrorCause.parse(kept) == ErrorCause.parse(cause)
    of_lambda = '{"errorMessage": "No.", "errorType": "MissingData", "stackTrace": ["line"]}'
    assert ErrorCause.parse(essence(of_lambda)) == ErrorCause.parse(of_lambda)
    assert essence("Rate exceeded") == "Rate exceeded"


def test_defect_is_told_without_the_cell_that_it_fell_over() -> None:
    message = "could not convert string to float: 'Smith'"
    cause = json.dumps({"errorMessage": message, "errorType": "ValueError"})
    assert "Smith" not in ErrorCause.parse(cause).message
    own = '{"errorMessage": "Use one of 1024, 2048, 3072.", "errorType": "InvalidInput"}'
    assert ErrorCause.parse(own).message == "Use one of 1024, 2048, 3072."


def test_secret_that_looks_like_a_row_in_part_is_left_out_as_a_whole() -> None:
    secret = "Tr0ub4dor&3<\"q, 12.5,13.5 'x'"
    assert repeatable(f"no login with {secret} at db", [secret]) == f"no login with {N} at db"


def test_essence_of_a_job_has_no_row_and_no_value_of_its_environment() -> None:
    """ReadProgress logs it."""
    described = {"TrainingJobName": "t", "TrainingJobStatus": "Failed", "FailureReason": QUOTE}
    cause = json.dumps({**described, **ENVIRONMENT})
    for handed_on in (cause, json.dumps({"errorMessage": cause, "errorType": "TuningFailed"})):
        kept = essence(handed_on)
        assert "Smith" not in kept
        assert "hunter2-x" not in kept
        assert "cannot reach db" in ErrorCause.parse(kept).message


def test_failure_is_told_without_secrets_of_the_run_whoever_speaks() -> None:
    for cause in (
        QUOTE,
        json.dumps({"errorMessage": QUOTE, "errorType": "EvaluationFailed"}),
        json.dumps({"TransformJobStatus": "Failed", "FailureReason": QUOTE}),
    ):
        failure = told(FailedState(state="ScoreModel", error="e", cause=cause), ["hunter2-x"])
        assert "hunter2-x" not in failure.cause
        assert (failure.state, failure.error) == ("ScoreModel", "e")


def test_text_of_aws_is_told_without_rows_too() -> None:
    cause = "cannot convert 'Smith' (Service: SageMaker, Status Code: 400)"
    assert ErrorCause.parse(cause).message == f"cannot convert {N}"
