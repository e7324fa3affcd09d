"""The test channel: where it is, what must hold of it, and the jobs that score models on it.

Rule: it is Channels.test. An input that leaves Channels out has it when there is data under
data/test/ of the data bucket. Training jobs never get it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuning.algorithm import Algorithm
from tuning.channel_data import DataReader
from tuning.checks.evaluation import TEST, find_obstacle
from tuning.errors import Fault, InvalidInput
from tuning.evaluation.metric_names import default_metric
from tuning.evaluation_input import Evaluation
from tuning.execution_input import ExecutionInput
from tuning.s3_location import S3Location

NO_CHANNEL = "There is no test channel."
_LINE_BYTES = 100_000


def find_test_channel(
    run: ExecutionInput, algorithm: Algorithm, bucket: str, data: DataReader
) -> str | None:
    """The S3 prefix of the test channel, or None; also when models cannot be scored on it.

    Raises InvalidInput when the input asks for an evaluation that has no data.
    """
    if find_obstacle(run, algorithm):
        return None
    uri = _given_or_default(run, bucket, data)
    if uri is None and (run.evaluation or run.promotion):
        field = "Evaluation" if run.evaluation else "Promotion"
        fix = f"Give its s3://bucket/folder/, or leave {field} out."
        if run.channels is None:
            fix = f"Upload it to s3://{bucket}/data/{TEST}/, or leave {field} out."
        rule = f"{field} compares models on this channel."
        raise InvalidInput([Fault(f"Channels.{TEST}", None, rule, fix)])
    return uri


def _given_or_default(run: ExecutionInput, bucket: str, data: DataReader) -> str | None:
    if run.channels is not None:
        return run.channels.get(TEST)
    folder = S3Location(bucket, f"data/{TEST}/")
    return str(folder) if any(entry.size_bytes for entry in data.list_objects(folder)) else None


def check_unseen(test_uri: str, channels: Mapping[str, str], field: str) -> None:
    """Raises InvalidInput when a channel of training includes the test channel."""
    for name, uri in channels.items():
        if test_uri.startswith(uri) or uri.startswith(test_uri):
            rule = f"It and the test channel, {test_uri}, share data, which training must not see."
            fix = "Keep each channel in a folder of its own, and end the folder with /."
            raise InvalidInput([Fault(f"{field}.{name}", uri, rule, fix)])


def check_commas(test_uri: str, data: DataReader) -> None:
    """Raises InvalidInput for another separator: only training guesses it, the transform does not.

    To be called when the channel is known to hold data.
    """
    place = S3Location.parse(test_uri)
    assert place is not None, "the checks let only S3 URIs through"
    first = next(entry for entry in data.list_objects(place) if entry.size_bytes)
    start = data.read_start(S3Location(place.bucket, first.key), _LINE_BYTES)
    line = start.decode("utf-8-sig", errors="replace").partition("\n")[0]
    if "," not in line and any(separator in line for separator in ";\t|"):
        rule = "Its columns are not separated by commas, by which the label is cut off."
        raise InvalidInput([Fault(f"Channels.{TEST}", test_uri, rule, "Write it with commas.")])


def evaluation_plan(
    run: ExecutionInput, algorithm: Algorithm, test_uri: str, *, job_name: str, output: str
) -> dict[str, Any]:
    """What the states that score models need; `output` is an S3 prefix for predictions.

    The label, and the weight of csv_weights, are cut off by the transform job itself.
    """
    asked = run.evaluation or Evaluation()
    objective = algorithm.objective(run.static_hyper_parameters)
    problem_type = algorithm.problem_type(objective) or ""
    first_feature = 2 if run.static_hyper_parameters.get("csv_weights") == "1" else 1
    return {
        "ProblemType": problem_type,
        "MetricName": asked.metric_name
        or default_metric(
            run.hyper_parameter_tuning_job_objective.metric_name,
            problem_type,
            from_labels=algorithm.answers_labels(objective),
        ),
        "TestChannel": test_uri,
        "JobName": job_name,
        "Output": output,
        "TransformInput": {
            "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": test_uri}},
            "ContentType": "text/csv",
            "SplitType": "Line",
        },
        "TransformOutput": {"Accept": algorithm.transform_accept, "AssembleWith": "Line"},
        "DataProcessing": {"InputFilter": f"$[{first_feature}:]"},
        "TransformResources": {
            "InstanceType": asked.instance_type or run.resource_config.instance_type,
            "InstanceCount": 1,
        },
    }
