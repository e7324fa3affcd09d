"""The test channel: where it is, what must hold of it, and the jobs that score models on it.

Rule: it is Channels.test. An input that leaves Channels out has it when there is data under
data/test/ of the data bucket. Training jobs never get it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tuning.algorithms.algorithm import Algorithm
from tuning.checks.evaluation import SCORING, find_obstacle
from tuning.data.channel_data import DataReader
from tuning.data.channel_objects import read_for
from tuning.data.data_format import DataFormat
from tuning.data.s3_location import S3Location
from tuning.errors import Fault, InvalidInput
from tuning.evaluation.metric_names import RANKING, default_metric
from tuning.execution_input.channel import TEST, uris
from tuning.execution_input.evaluation import Evaluation, Slice
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.requirements import Requirements
from tuning.request_types import DataProcessing, TransformResources
from tuning.variables.evaluation_plan import EvaluationPlan, TransformOutput

NO_CHANNEL = "There is no test channel."
_LINE_BYTES = 100_000


def find_test_channel(
    run: ExecutionInput, algorithm: Algorithm, bucket: str, data: DataReader
) -> str | None:
    """The S3 prefix of the test channel; None without one, or when models cannot be scored on it.

    Raises InvalidInput when the input asks for an evaluation and there is no test channel.
    """
    if find_obstacle(run, algorithm):
        return None
    uri = _given_or_default(run, bucket, data)
    asked = {
        "Evaluation": run.evaluation is not None,
        "Promotion": run.promotion is not None,
        "RetuneWhen": run.retune_when == SCORING,
    }
    field = next((name for name, is_asked in asked.items() if is_asked), None)
    if uri is None and field:
        fix = f"Give its s3://bucket/folder/, or leave {field} out."
        if run.channels is None:
            fix = f"Upload it to s3://{bucket}/data/{TEST}/, or leave {field} out."
        rule = f"{field} compares models on this channel."
        raise InvalidInput([Fault(f"Channels.{TEST}", None, rule, fix)])
    return uri


def _given_or_default(run: ExecutionInput, bucket: str, data: DataReader) -> str | None:
    if run.channels is not None:
        return uris(run.channels).get(TEST)
    folder = S3Location(bucket, f"data/{TEST}/")
    with read_for(f"Channels.{TEST}"):
        found = data.list_objects(folder)
    return str(folder) if any(entry.size_bytes for entry in found) else None


def check_unseen(test_uri: str, channels: Mapping[str, str], field: str) -> None:
    """Raises InvalidInput when a channel of training includes the test channel."""
    for name, uri in channels.items():
        if test_uri.startswith(uri) or uri.startswith(test_uri):
            rule = f"It and the test channel, {test_uri}, share data, which training must not see."
            fix = "Keep each channel in a folder of its own, and end the folder with /."
            raise InvalidInput([Fault(f"{field}.{name}", uri, rule, fix)])


def check_first_row(
    test_uri: str, content_type: str, slices: Sequence[Slice], data: DataReader, *, ranked: bool
) -> None:
    """Raises InvalidInput when evaluation could not read the first row as it must.

    It separates the label from the rest, finds the columns of `slices` and, of rows that are
    `ranked`, the query. The channel must hold data.
    """
    place = S3Location.of(test_uri)
    with read_for(f"Channels.{TEST}"):
        first = next(entry for entry in data.list_objects(place) if entry.size_bytes)
        start = data.read_start(S3Location(place.bucket, first.key), _LINE_BYTES)
    finders = {DataFormat.CSV: _csv_mistake, DataFormat.LIBSVM: _libsvm_mistake}
    data_format = DataFormat.of(content_type) or DataFormat.CSV
    mistake = finders[data_format](start) if data_format in finders else None
    if ranked and not mistake:
        mistake = _query_mistake(start)
    if mistake:
        raise InvalidInput([Fault(f"Channels.{TEST}", test_uri, *mistake)])
    if DataFormat.of(content_type) is DataFormat.CSV:
        _check_columns(start, slices)


def _check_columns(start: bytes, slices: Sequence[Slice]) -> None:
    width = start.partition(b"\n")[0].count(b",") + 1
    faults = [
        Fault(
            f"Promotion.Slices.{number}.Column",
            each.column,
            f"The rows of the test channel have {width} columns.",
            f"Name one from 0, which is the label, to {width - 1}.",
        )
        for number, each in enumerate(slices)
        if each.column >= width
    ]
    if faults:
        raise InvalidInput(faults)


def _csv_mistake(start: bytes) -> tuple[str, str] | None:
    """Training guesses the separator; a transform job does not."""
    line = start.decode("utf-8-sig", errors="replace").partition("\n")[0]
    if "," not in line and any(separator in line for separator in ";\t|"):
        rule = "Its columns are not separated by commas, by which the label is cut off."
        return rule, "Write it with commas."
    return None


def _libsvm_mistake(start: bytes) -> tuple[str, str] | None:
    """In a request, the container reads everything with a colon as a feature, `1:0.5` too."""
    label = start.partition(b"\n")[0].strip().partition(b" ")[0]
    if b":" in label:
        rule = "Its first label has a weight, in which a model would see a feature."
        return rule, "Begin each row with its label, without a weight."
    return None


def _query_mistake(start: bytes) -> tuple[str, str] | None:
    _, _, rest = start.partition(b"\n")[0].strip().partition(b" ")
    if not rest.startswith(b"qid:"):
        rule = "Its first row has no qid after the label, and a ranking is judged by query."
        return rule, "Write each row as label qid:id index:value ..., as those of train."
    return None


def evaluation_plan(
    run: ExecutionInput,
    algorithm: Algorithm,
    test_uri: str,
    *,
    job_name: str,
    output: str,
    required: Requirements,
) -> EvaluationPlan:
    """What the states that score models need; `output` is an S3 prefix for predictions.

    The transform job cuts off the label of CSV, and the weight that csv_weights asks for. It cannot
    filter libsvm or recordio-protobuf, and need not: a model does not look at the labels there. The
    queries of a ranking it would look at, and is given a copy without them.
    """
    asked = run.evaluation or Evaluation()
    objective = algorithm.objective(run.static_hyper_parameters)
    problem_type = algorithm.problem_type(objective) or ""
    data_format = DataFormat.of(run.content_type)
    assert data_format is not None, "the algorithm reads no other"
    rows = f"{output}rows/" if problem_type == RANKING else None
    return EvaluationPlan(
        problem_type=problem_type,
        metric_name=asked.metric_name
        or default_metric(
            run.hyper_parameter_tuning_job_objective.metric_name,
            problem_type,
            from_labels=algorithm.answers_labels(objective),
        ),
        test_channel=test_uri,
        rows_without_queries=rows,
        job_name=job_name,
        output=output,
        transform_input={
            "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": rows or test_uri}},
            "ContentType": str(data_format),
            "SplitType": "RecordIO" if data_format is DataFormat.RECORDIO else "Line",
        },
        transform_output=TransformOutput(
            accept=algorithm.transform_accept,
            assemble_with="Line",
            kms_key_id=required.kms_key_id,
        ),
        data_processing=_data_processing(run, data_format),
        transform_resources=_machines(
            asked.instance_type or run.resource_config.instance_type, required
        ),
    )


def _machines(instance_type: Any, required: Requirements) -> TransformResources:
    resources: TransformResources = {"InstanceType": instance_type, "InstanceCount": 1}
    key = required.volume_key(instance_type)
    return {**resources, "VolumeKmsKeyId": key} if key else resources


def _data_processing(run: ExecutionInput, data_format: DataFormat) -> DataProcessing:
    if data_format is not DataFormat.CSV:
        return {}
    first_feature = 2 if run.static_hyper_parameters.get("csv_weights") == "1" else 1
    return {"InputFilter": f"$[{first_feature}:]"}
