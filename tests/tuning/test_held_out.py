"""The test channel: where it is, that training never gets it, and how models are scored on it."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.containers.recordio import write_rows
from local_sagemaker.sagemaker.request_validation import validate_request
from tuning.errors import InvalidInput, MissingData

from tests.tuning.channel_store import ROWS, store
from tests.tuning.plans import plan
from tests.tuning.refusals import refusal

CHANNELS = {name: f"s3://data-bucket/data/{name}/" for name in ("train", "validation", "test")}


def channels_of(definition: dict[str, Any]) -> list[str]:
    return [channel["ChannelName"] for channel in definition["InputDataConfig"]]


def test_data_under_test_is_held_out_when_no_channels_are_named() -> None:
    made = plan(data=store(test=ROWS))
    assert made["Evaluation"]["TestChannel"] == "s3://data-bucket/data/test/"


def test_without_data_nothing_is_held_out_and_the_plan_says_why() -> None:
    made = plan()
    assert "Evaluation" not in made
    assert made["NotEvaluated"] == "There is no test channel."


def test_input_that_names_channels_names_the_test_channel_too() -> None:
    two = {name: CHANNELS[name] for name in ("train", "validation")}
    assert "Evaluation" not in plan({"Channels": two}, data=store(test=ROWS))
    assert "Evaluation" in plan({"Channels": CHANNELS}, data=store(test=ROWS))


def test_training_jobs_never_get_the_test_channel() -> None:
    retrain = {"Channels": {"train": "s3://data-bucket/data/larger/"}}
    data = store(test=ROWS, larger=ROWS)
    made = plan({"Channels": CHANNELS, "Retrain": retrain}, data=data)
    assert channels_of(made["TuningJob"]["TrainingJobDefinition"]) == ["train", "validation"]
    assert channels_of(made["Retrain"]) == ["train", "validation"]


def test_transform_requests_meet_sagemakers_constraints() -> None:
    evaluation = plan(data=store(test=ROWS))["Evaluation"]
    output = evaluation["TransformOutput"] | {"S3OutputPath": f"{evaluation['Output']}candidate/"}
    name = f"{evaluation['JobName']}-candidate-00"
    fields = {k: v for k, v in evaluation.items() if k in ("TransformInput", "TransformResources")}
    assert len(name) <= 63
    validate_request(
        "CreateTransformJob",
        {**fields, "TransformOutput": output, "TransformJobName": name, "ModelName": name},
    )


def test_label_and_weight_are_cut_off() -> None:
    static = {"objective": "binary:logistic", "num_round": "5", "csv_weights": "1"}
    weighted = plan({"StaticHyperParameters": static}, data=store(test=ROWS))["Evaluation"]
    assert weighted["DataProcessing"] == {"InputFilter": "$[2:]"}
    plain = plan(data=store(test=ROWS))["Evaluation"]
    assert plain["DataProcessing"] == {"InputFilter": "$[1:]"}


LIBSVM = b"1 0:0.5 1:3\n0 0:0.25 1:4\n"
FORMATS = {
    "libsvm": ({"ContentType": "libsvm"}, LIBSVM, "text/libsvm", "Line"),
    "recordio": (
        {"ContentType": "recordio-protobuf"},
        write_rows([[0.5, 3], [0.25, 4]], [1, 0]),
        "application/x-recordio-protobuf",
        "RecordIO",
    ),
}


@pytest.mark.parametrize(
    ("document", "rows", "content_type", "split"), FORMATS.values(), ids=FORMATS.keys()
)
def test_rows_that_keep_their_label_are_not_filtered(
    document: dict[str, str], rows: bytes, content_type: str, split: str
) -> None:
    """A model does not look at it, and SageMaker filters CSV and JSON only."""
    data = store(**dict.fromkeys(("train", "validation", "test"), rows))
    evaluation = plan(document, data=data)["Evaluation"]
    assert evaluation["TransformInput"]["ContentType"] == content_type
    assert evaluation["TransformInput"]["SplitType"] == split
    assert evaluation["DataProcessing"] == {}


def test_test_channel_whose_labels_have_weights_is_refused() -> None:
    rows = b"1:0.5 0:0.5 1:3\n0:1 0:1\n"
    data = store(train=rows, validation=rows, test=rows)
    with pytest.raises(InvalidInput, match=r"Channels\.test.* first label has a weight"):
        plan({"ContentType": "text/libsvm"}, data=data)


def regression(metric: str) -> dict[str, object]:
    return {
        "StaticHyperParameters": {"objective": "reg:squarederror", "num_round": "5"},
        "HyperParameterTuningJobObjective": {"MetricName": metric},
    }


DEFAULT_METRICS = {
    "validation:auc": ({}, "AUC"),
    "validation:error": (
        {"HyperParameterTuningJobObjective": {"MetricName": "validation:error"}},
        "Accuracy",
    ),
    "validation:aucpr": (
        {"HyperParameterTuningJobObjective": {"MetricName": "validation:aucpr"}},
        "AUC",
    ),
    "validation:mae": (regression("validation:mae"), "MAE"),
}


@pytest.mark.parametrize(
    ("document", "metric"), DEFAULT_METRICS.values(), ids=DEFAULT_METRICS.keys()
)
def test_default_metric_is_the_counterpart_of_tunings(
    document: dict[str, dict[str, str]], metric: str
) -> None:
    assert plan(document, data=store(test=ROWS))["Evaluation"]["MetricName"] == metric


REFUSED = {
    "unknown metric": (
        {"Evaluation": {"MetricName": "Acuracy"}},
        "Evaluation.MetricName = 'Acuracy': There is no such metric of held-out evaluation. Did "
        "you mean Accuracy?",
    ),
    "what is asked for in vain": (
        {"Evaluation": {"MetricName": "AUC"}, "ContentType": "parquet"},
        "Evaluation = {'MetricName': 'AUC', 'TopK': 1}: Held-out evaluation asks the model",
    ),
    "unknown guardrail": (
        {"Promotion": {"Guardrails": {"Recal": 0.05}}},
        "Promotion.Guardrails.Recal = 0.05: There is no such metric of held-out evaluation. Did "
        "you mean Recall?",
    ),
    "columns of a format that has none": (
        {
            "Promotion": {"Slices": [{"Column": 2}]},
            "ContentType": "application/x-recordio-protobuf",
        },
        "Promotion.Slices.0.Column = 2: The columns of recordio-protobuf are not read.",
    ),
    "metric of a slice": (
        {"Promotion": {"Slices": [{"Column": 2, "MetricName": "RMSE"}]}},
        "Promotion.Slices.0.MetricName = 'RMSE': It cannot be computed",
    ),
    "guardrail of another problem": (
        {"Promotion": {"Guardrails": {"F1": 0.05, "RMSE": 0.05}}},
        "Promotion.Guardrails.RMSE = 0.05: It cannot be computed from what binary:logistic",
    ),
    "guardrail below zero": (
        {"Promotion": {"Guardrails": {"F1": -0.05}}},
        "Promotion.Guardrails.F1 = -0.05: ",
    ),
    "metric of another problem": (
        {"Evaluation": {"MetricName": "RMSE"}},
        "Evaluation.MetricName = 'RMSE': It cannot be computed from what binary:logistic predicts.",
    ),
    "metric that needs probabilities": (
        {
            "Evaluation": {"MetricName": "LogLoss"},
            "StaticHyperParameters": {
                "objective": "multi:softmax",
                "num_class": "3",
                "num_round": "5",
            },
            "HyperParameterTuningJobObjective": {"MetricName": "validation:merror"},
        },
        "Evaluation.MetricName = 'LogLoss': It cannot be computed from what multi:softmax",
    ),
    "content type": (
        {"Channels": CHANNELS, "ContentType": "parquet"},
        "Channels.test = 's3://data-bucket/data/test/': Held-out evaluation asks the model for "
        "predictions, and XGBoost, which trains on Parquet, predicts from CSV, libsvm and "
        "recordio-protobuf only. Leave it out",
    ),
    "test channel inside train": (
        {"Channels": {**CHANNELS, "test": "s3://data-bucket/data/train/test/"}},
        "It includes the data of test",
    ),
    "test channel to retrain on": (
        {"Retrain": {"Channels": {"test": "s3://data-bucket/data/test/"}}},
        "Retrain.Channels.test",
    ),
}


@pytest.mark.parametrize(("document", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_input_that_cannot_be_evaluated_is_refused(document: dict[str, Any], words: str) -> None:
    assert words in str(refusal(document))


ASKED = {"Evaluation": {"TopK": 3}, "Promotion": {"Confidence": 0.9}}


@pytest.mark.parametrize(("field", "value"), ASKED.items(), ids=ASKED.keys())
def test_evaluation_that_is_asked_for_needs_a_test_channel(
    field: str, value: dict[str, Any]
) -> None:
    with pytest.raises(InvalidInput, match=f"{field} compares models on this channel. Upload it"):
        plan({field: value})


def test_channels_that_are_faulty_too_are_told_with_the_test_channel_that_is_not_given() -> None:
    given = {name: f"s3://data-bucket/other/{name}/" for name in ("train", "validation")}
    asked = {"Channels": given, "Promotion": {"Confidence": 0.9}}
    with pytest.raises(MissingData) as missing:
        plan(asked)
    test, train, validation = str(missing.value).splitlines()
    assert test.startswith("Channels.test is not given: Promotion compares models")
    assert train.startswith("Channels.train = 's3://data-bucket/other/train/': There is no object")
    assert validation.startswith("Channels.validation = ")
    words = store(train=b"bought,1,2\n")
    with pytest.raises(InvalidInput) as refused:
        plan({"Promotion": {"Confidence": 0.9}}, data=words)
    assert [fault.field for fault in refused.value.faults] == ["Channels.test", "Channels.train"]


def test_named_test_channel_without_data_is_missing_data() -> None:
    with pytest.raises(MissingData, match=r"Channels\.test"):
        plan({"Channels": CHANNELS})


def test_retraining_on_the_test_channel_is_refused() -> None:
    everything = {"Channels": {"train": "s3://data-bucket/data/"}}
    with pytest.raises(InvalidInput, match=r"Retrain\.Channels\.train .* share data"):
        plan({"Retrain": everything}, data=store(test=ROWS))


def test_test_channel_must_have_the_columns_of_training() -> None:
    with pytest.raises(InvalidInput, match=r"Channels\.test .* It has 2 columns"):
        plan(data=store(test=b"1,2\n0,3\n"))


def test_column_of_a_slice_must_be_one_of_the_rows() -> None:
    document = {"Promotion": {"Slices": [{"Column": 2}, {"Column": 3}]}}
    with pytest.raises(InvalidInput) as refused:
        plan(document, data=store(test=ROWS))
    assert str(refused.value) == (
        "Promotion.Slices.1.Column = 3: The rows of the test channel have 3 columns. Name one "
        "from 0, which is the label, to 2."
    )


def test_test_channel_without_commas_is_refused() -> None:
    semicolons = {name: b"1;0.5;3\n0;0.25;4\n" for name in ("train", "validation", "test")}
    with pytest.raises(InvalidInput, match=r"Channels\.test .* not separated by commas"):
        plan(data=store(**semicolons))


RANKING = {
    "StaticHyperParameters": {"objective": "rank:ndcg", "num_round": "5"},
    "HyperParameterTuningJobObjective": {"MetricName": "validation:ndcg"},
}
QUERIES = b"1 qid:1 0:0.5 1:3\n0 qid:1 0:1 1:2\n"


def ranked(test: bytes, **fields: Any) -> dict[str, Any]:
    content = {"train": QUERIES, "validation": QUERIES, "test": test}
    return plan({**RANKING, "ContentType": "text/libsvm", **fields}, data=store(**content))


def test_ranking_of_rows_without_queries_is_not_evaluated_and_the_plan_says_why() -> None:
    assert plan(RANKING, data=store(test=ROWS))["NotEvaluated"] == (
        "Held-out evaluation judges rank:ndcg by query, which libsvm alone tells: as the qid of "
        "each row."
    )


def test_ranking_is_scored_on_a_copy_without_queries() -> None:
    evaluation = ranked(QUERIES)["Evaluation"]
    copy = evaluation["RowsWithoutQueries"]
    assert evaluation["MetricName"] == "NDCG"
    assert evaluation["TransformInput"]["DataSource"]["S3DataSource"]["S3Uri"] == copy
    assert copy.endswith("/evaluation/rows/")
    assert evaluation["TestChannel"] != copy


def test_ranking_needs_the_query_of_each_test_row() -> None:
    with pytest.raises(InvalidInput, match=r"Channels\.test .* has no qid after the label"):
        ranked(b"1 0:0.5 1:3\n0 0:1 1:2\n")


def test_ranking_has_no_slices() -> None:
    slices = {"Promotion": {"Slices": [{"Column": 1, "Name": "region"}]}}
    with pytest.raises(InvalidInput, match=r"Promotion\.Slices\.0 .* by whole queries"):
        ranked(QUERIES, **slices)
