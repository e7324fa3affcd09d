"""Channels that are more than a URI: in the request, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from tuning.errors import InvalidInput, MissingData
from tuning.execution_input.schema import schema_text

from tests.tuning.channel_store import ROWS, ChannelStore, store
from tests.tuning.plans import plan
from tests.tuning.refusals import refusal

TRAIN = "s3://data-bucket/data/train/"
VALIDATION = "s3://data-bucket/data/validation/"
MANIFEST = "s3://data-bucket/lists/train.manifest"
LINEAR = {"Algorithm": "linear-learner"}
IMAGE = {
    "AlgorithmSpecification": {"TrainingImage": "x:1", "TrainingInputMode": "Pipe"},
    "HyperParameterTuningJobObjective": {"MetricName": "loss", "Type": "Minimize"},
    "ParameterRanges": {"x": {"Type": "Integer", "MinValue": 1, "MaxValue": 99}},
}


def with_train(**options: Any) -> dict[str, dict[str, Any]]:
    return {"Channels": {"train": {"S3Uri": TRAIN, **options}, "validation": VALIDATION}}


def requested(document: dict[str, Any], **kwargs: Any) -> dict[str, dict[str, Any]]:
    definition = plan(document, **kwargs)["TuningJob"]["TrainingJobDefinition"]
    return {channel["ChannelName"]: channel for channel in definition["InputDataConfig"]}


def test_uri_alone_is_a_channel_of_all_defaults() -> None:
    assert requested(with_train()) == requested({"Channels": {"train": TRAIN} | {
        "validation": VALIDATION
    }})  # fmt: skip
    assert requested(with_train())["train"] == {
        "ChannelName": "train",
        "ContentType": "text/csv",
        "DataSource": {
            "S3DataSource": {
                "S3DataType": "S3Prefix",
                "S3Uri": TRAIN,
                "S3DataDistributionType": "FullyReplicated",
            }
        },
    }


def test_options_reach_the_request() -> None:
    options = {
        "S3DataDistributionType": "ShardedByS3Key",
        "InputMode": "Pipe",
        "ShuffleConfig": {"Seed": 7},
    }
    document = {**LINEAR, **with_train(**options)}
    jsonschema.validate(document, json.loads(schema_text()))
    train = requested(document)["train"]
    assert train["InputMode"] == "Pipe"
    assert train["ShuffleConfig"] == {"Seed": 7}
    assert train["DataSource"]["S3DataSource"]["S3DataDistributionType"] == "ShardedByS3Key"


def test_options_of_retraining_reach_its_request() -> None:
    larger = {"train": {"S3Uri": TRAIN, "InputMode": "Pipe"}}
    made = plan({**LINEAR, "Retrain": {"Channels": larger}})["Retrain"]["InputDataConfig"]
    assert [channel.get("InputMode") for channel in made] == ["Pipe", None]


def test_image_of_ones_own_may_have_any_mode() -> None:
    document = {**IMAGE, **with_train(ShuffleConfig={"Seed": 1})}
    assert requested(document)["train"]["ShuffleConfig"] == {"Seed": 1}
    assert requested({**IMAGE, **with_train(InputMode="FastFile")})["train"]["InputMode"]


def with_test(**channel: str) -> dict[str, dict[str, Any]]:
    return {"Channels": {"train": TRAIN, "validation": VALIDATION, "test": channel}}


REFUSED = {
    "pipe for XGBoost": (
        with_train(InputMode="Pipe"),
        "Channels.train.InputMode = 'Pipe': XGBoost reads its channels in File mode.",
    ),
    "fast file for Linear Learner": (
        {**LINEAR, **with_train(InputMode="FastFile")},
        "Channels.train.InputMode = 'FastFile': Linear Learner reads its channels in File or Pipe",
    ),
    "shuffled files": (
        {**LINEAR, **with_train(ShuffleConfig={"Seed": 1})},
        "Channels.train.ShuffleConfig = {'Seed': 1}: It orders the objects that a pipe brings",
    ),
    "sharded validation": (
        {
            **LINEAR,
            "Channels": {
                "train": TRAIN,
                "validation": {"S3Uri": VALIDATION, "S3DataDistributionType": "ShardedByS3Key"},
            },
        },
        "Channels.validation.S3DataDistributionType = 'ShardedByS3Key': Linear Learner needs all",
    ),
    "held-out manifest": (
        with_test(S3Uri="s3://data-bucket/test.manifest", S3DataType="ManifestFile"),
        "Channels.test = ",
    ),
    "unknown option": (
        with_train(CompressionType="Gzip"),
        "Channels.train.CompressionType = (not shown): There is no such field. train has "
        "InputMode, S3DataDistributionType, S3DataType, S3Uri, ShuffleConfig.",
    ),
    "augmented manifest": (
        with_train(S3DataType="AugmentedManifestFile"),
        "Channels.train.S3DataType = 'AugmentedManifestFile': It must be 'S3Prefix' or",
    ),
    "no URI": ({"Channels": {"train": {"InputMode": "File"}, "validation": VALIDATION}},
               "Channels.train is not given: It must be given."),
    "no channel": ({"Channels": {"train": 5, "validation": VALIDATION}}, "Channels.train = 5"),
}  # fmt: skip


@pytest.mark.parametrize(("document", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_option_that_cannot_work_is_refused(document: dict[str, Any], words: str) -> None:
    assert str(refusal(document)).startswith(words)


def by_manifest(
    content: bytes | list[Any], **objects: Any
) -> tuple[dict[str, dict[str, Any]], ChannelStore]:
    data = store()
    data.objects[MANIFEST] = content if isinstance(content, bytes) else json.dumps(content).encode()
    data.objects |= {"s3://data-bucket/data/more/b.csv": ROWS, **objects}
    document = with_train(S3DataType="ManifestFile")
    document["Channels"]["train"]["S3Uri"] = MANIFEST
    return document, data


LISTED = [{"prefix": "s3://data-bucket/data/"}, "train/train.csv", "more/b.csv"]


def test_manifest_is_looked_into() -> None:
    document, data = by_manifest(LISTED)
    source = requested(document, data=data)["train"]["DataSource"]["S3DataSource"]
    assert (source["S3DataType"], source["S3Uri"]) == ("ManifestFile", MANIFEST)
    data.objects["s3://data-bucket/data/train/train.csv"] = b"label,x\n" + ROWS
    with pytest.raises(InvalidInput, match=r"Channels\.train .* header row"):
        plan(document, data=data)


def test_other_objects_of_a_manifest_are_looked_into() -> None:
    document, data = by_manifest(LISTED)
    data.objects["s3://data-bucket/data/more/b.csv"] = b"1,2\n0,3\n"
    with pytest.raises(InvalidInput, match=r"more/b\.csv': It has 2 columns"):
        plan(document, data=data)


def test_one_label_in_the_first_of_several_objects_is_no_fault() -> None:
    """The others may have another one; of a single object it would be."""
    document, data = by_manifest(LISTED)
    data.objects["s3://data-bucket/data/train/train.csv"] = b"1,2,3\n1,3,4\n"
    assert plan(document, data=data)
    data.objects[MANIFEST] = json.dumps(LISTED[:2]).encode()
    with pytest.raises(InvalidInput, match=r"Channels\.train .* Every row has the same label"):
        plan(document, data=data)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"train.csv\n", "A manifest is a JSON list"),
        (["train.csv"], "A manifest is a JSON list"),
        ([{"prefix": "s3://data-bucket/data/"}], "The manifest lists no object"),
        ([{"prefix": "data/"}, "a"], "The prefix of the manifest is no s3://"),
    ],
)
def test_what_is_no_manifest_is_refused(content: bytes | list[Any], words: str) -> None:
    document, data = by_manifest(content)
    with pytest.raises(InvalidInput, match=rf"Channels\.train\.S3Uri = .*{words}"):
        plan(document, data=data)


def test_manifest_that_is_not_there_or_lists_what_is_not_there_is_missing_data() -> None:
    document, data = by_manifest([{"prefix": "s3://data-bucket/data/"}, "none.csv"])
    with pytest.raises(MissingData, match=r"There is no s3://data-bucket/data/none\.csv with data"):
        plan(document, data=data)
    del data.objects[MANIFEST]
    with pytest.raises(MissingData, match="There is no such manifest"):
        plan(document, data=data)
