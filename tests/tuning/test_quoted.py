"""What containers say of rows and secrets is not repeated."""

from __future__ import annotations

import json

import pytest
from tuning.failure.error_cause import ErrorCause, essence
from tuning.quoted import secrets_of, without_rows, without_secrets
from tuning.trials.trials import Trial, TuningJob

from tests.tuning.recorded import trial_summary, tuning_job

N = "(not shown)"
ROWS = {
    "ValueError: could not convert string to float: 'Smith'": f"string to float: {N}",
    "invalid literal for int() with base 10: 'Smith'": f"with base 10: {N}",
    "Blankspace and colon not found in firstline '39,blue collar,1...' of file 'a.csv'": (
        f"firstline {N} of file 'a.csv'"
    ),
    "Cannot parse line: 'Smith;39'": f"Cannot parse line: {N}",
    "Bad row 'it was cut off here": f"Bad row {N}",
    "got 39,technician,married,1.5 there": f"got {N} there",
    "got 39;0.5;-1e3": f"got {N}",
    "values [0.5, 1.25, -3]": f"values [{N}]",
    "values 0.5 1.25 -3.": f"values {N}",
    "pairs 1 3:0.5 17:2.25 end": f"pairs {N} end",
    "pairs 3:0.5 17:2.25 end": f"pairs {N} end",
    "Row: ['Smith', '39.5', '1']": "Row: [",
    'bad "Smith","39.25","z" there': f"bad {N} there",
    "got 'Smith' , '39.25' , '4'": f"got {N}",
    "got [nan, 39.25, nan]": f"got [{N}]",
    "got [np.float64(39.25), np.float64(2.0), np.float64(3.0)]": f"got [{N}]",
    "got 1 qid:3 4:39.25": f"got {N}",
    "got 1:39.25 there": f"got {N} there",
    "got 1:39.25 2:x": f"got {N}",
    "Line 3: 'Smith'": f"Line 3: {N}",
    "FIRST LINE 'Smith'": f"FIRST LINE {N}",
    "two cells 1,39.25 there": f"two cells {N} there",
    "got {'a': 39.25, 'name': 'Smith'}": f"got {N}",
    'Unable to parse string "Smith" at position 3': f"string {N} at position 3",
    "Found unknown categories ['Smith']": f"categories [{N}]",
    "invalid value 'Smith'": f"invalid value {N}",
    "could not parse `Smith`": f"could not parse {N}",
    "could not convert string to float: Smith": f"to float: {N}",
}
PLAIN = [
    "[/opt/ml/input/data/train] not found",
    "AlgorithmError: ExecuteUserScriptError: ExitCode 1",
    "Hyperparameter eta: value 1.5 is not in [0, 1]",
    "Metrics validation:auc,validation:f1,validation:map are not known",
    "Timeout at 2026-11-28 18:04:23 after 3600 s",
    "'train' has the label 2: predictor_type binary takes 0 and 1",
    "Versions 3.0-5, 1.7-1 and 1.5-1",
    "Local AWS gives a process 5,900 MB",
    "Please use supported accept types: ['application/json', 'text/csv']",
    "arn:aws:sagemaker:eu-west-1:123456789012:training-job/a, us-east-1",
]


@pytest.mark.parametrize(("text", "words"), ROWS.items(), ids=ROWS.keys())
def test_row_that_a_container_quotes_is_left_out(text: str, words: str) -> None:
    told = without_rows(text)
    assert words in told
    assert not any(cell in told for cell in ("Smith", "39", "collar", "0.5", "1.25"))


@pytest.mark.parametrize("text", PLAIN)
def test_other_reason_is_repeated_as_it_is(text: str) -> None:
    assert without_rows(text) == text


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
