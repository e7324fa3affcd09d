"""Options of `retune start` become SageMaker's words, laid over the document."""

import json
from pathlib import Path

import pytest

from retune.errors import InputError
from retune.execution_input.document import Overrides, read_document

DOCUMENT = {
    "HyperParameterTuningJobObjective": {"Type": "Maximize", "MetricName": "validation:auc"},
    "ResourceLimits": {"MaxNumberOfTrainingJobs": 20, "MaxParallelTrainingJobs": 3},
    "Channels": {"train": "s3://b/train/", "validation": "s3://b/validation/"},
}


def test_no_option_leaves_the_document_alone() -> None:
    assert Overrides().lay_over(DOCUMENT) == DOCUMENT
    assert Overrides().lay_over({}) == {}


def test_every_option_has_its_field() -> None:
    overrides = Overrides(
        max_jobs=6,
        parallel=2,
        strategy="Random",
        metric="validation:rmse",
        train="s3://b/t/",
        validation="s3://b/v/",
        endpoint_name="retune-b",
        seed=0,
    )
    assert overrides.lay_over({}) == {
        "ResourceLimits": {"MaxNumberOfTrainingJobs": 6, "MaxParallelTrainingJobs": 2},
        "Strategy": "Random",
        "HyperParameterTuningJobObjective": {"MetricName": "validation:rmse"},
        "Channels": {"train": "s3://b/t/", "validation": "s3://b/v/"},
        "Endpoint": {"EndpointName": "retune-b"},
        "RandomSeed": 0,
    }


def test_an_option_keeps_its_neighbours() -> None:
    laid = Overrides(max_jobs=5, train="s3://c/train/").lay_over(DOCUMENT)
    assert laid["ResourceLimits"] == {"MaxNumberOfTrainingJobs": 5, "MaxParallelTrainingJobs": 3}
    assert laid["Channels"] == {"train": "s3://c/train/", "validation": "s3://b/validation/"}
    assert DOCUMENT["ResourceLimits"] == {
        "MaxNumberOfTrainingJobs": 20,
        "MaxParallelTrainingJobs": 3,
    }


def test_a_metric_drops_the_type_of_the_other_metric() -> None:
    laid = Overrides(metric="validation:logloss").lay_over(DOCUMENT)
    assert laid["HyperParameterTuningJobObjective"] == {"MetricName": "validation:logloss"}


def test_one_channel_alone_is_refused() -> None:
    with pytest.raises(InputError, match="give --validation too"):
        Overrides(train="s3://b/t/").lay_over({})


def test_an_option_into_something_else_than_an_object_is_refused() -> None:
    with pytest.raises(InputError, match="ResourceLimits must be a JSON object, not 7"):
        Overrides(max_jobs=3).lay_over({"ResourceLimits": 7})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[1]", "must hold a JSON object"),
        ("{", "is not JSON"),
        ("", "is not JSON"),
        ('{"Promotion": {"Margin": NaN}}', "is not JSON: NaN is no finite number"),
        ('{"Promotion": {"Margin": -Infinity}}', "-Infinity is no finite number"),
        ('{"Promotion": {"Margin": 1e400}}', "1e400 is no finite number"),
        ('{"a":' + "[" * 90_000, "is nested deeper than any input"),
    ],
    ids=["list", "cut off", "empty", "nan", "infinite", "huge", "brackets"],
)
def test_a_file_without_an_object_is_refused(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "input.json"
    file.write_text(text)
    with pytest.raises(InputError, match=words):
        read_document(str(file))


REQUEST = Path(__file__).parents[1] / "tuning" / "tuning_job_requests" / "autotune.json"


def test_options_are_laid_over_a_request_and_what_is_left_out_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    document = Overrides(max_jobs=3, parallel=1).lay_over(read_document(str(REQUEST)))
    limits = {"MaxNumberOfTrainingJobs": 3, "MaxParallelTrainingJobs": 1}
    assert document["ResourceLimits"] == limits
    assert "Warning: HyperParameterTuningJobName = 'autotune': " in capsys.readouterr().err


def test_a_request_that_cannot_be_used_is_refused_at_once(tmp_path: Path) -> None:
    file = tmp_path / "request.json"
    request = json.loads(REQUEST.read_text())
    request["TrainingJobDefinition"]["OutputDataConfig"]["CompressionType"] = "NONE"
    file.write_text(json.dumps(request))
    with pytest.raises(InputError, match=r"needs a model\.tar\.gz\. Remove it"):
        read_document(str(file))


def test_a_missing_file_is_named() -> None:
    with pytest.raises(InputError, match=r"^none\.json cannot be read: No such file"):
        read_document("none.json")


def test_what_is_said_twice_is_refused(tmp_path: Path) -> None:
    """JSON would keep the last, and a pasted second `ParameterRanges` drop the first unseen."""
    file = tmp_path / "input.json"
    file.write_text(
        '{"ResourceLimits": {"MaxParallelTrainingJobs": 3, "MaxParallelTrainingJobs": 4}}'
    )
    with pytest.raises(InputError, match="'MaxParallelTrainingJobs' stands twice in one object"):
        read_document(str(file))
