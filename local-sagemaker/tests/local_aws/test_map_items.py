"""Distributed Map: where its items come from, and where its results go."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.distributed_maps import ECHO, JUDGE, bucket_with, distributed, outcome
from tests.local_aws.machine import run


@pytest.mark.parametrize(
    ("fields", "given", "expected"),
    [
        ({"ItemBatcher": {"MaxItemsPerBatch": 2}}, [1, 2, 3], [{"Items": [1, 2]}, {"Items": [3]}]),
        (
            {
                "ItemsPath": "$.items",
                "ItemSelector": {"n.$": "$$.Map.Item.Value", "at.$": "$$.Map.Item.Index"},
                "ItemBatcher": {"MaxItemsPerBatchPath": "$.most", "BatchInput": {"of.$": "$.of"}},
            },
            {"items": [7], "most": 2, "of": "x"},
            [{"BatchInput": {"of": "x"}, "Items": [{"n": 7, "at": 0}]}],
        ),
        (
            {
                "QueryLanguage": "JSONata",
                "Items": "{% $states.input.items %}",
                "MaxConcurrency": "{% 1 + 1 %}",
                "ItemSelector": {"n": "{% $states.context.Map.Item.Value * 2 %}"},
                "ItemBatcher": {
                    "MaxItemsPerBatch": "{% $states.input.most %}",
                    "BatchInput": {"of": "{% $states.input.of %}"},
                },
                "Output": "{% $states.result[0] %}",
            },
            {"items": [7], "most": 2, "of": "x"},
            {"BatchInput": {"of": "x"}, "Items": [{"n": 14}]},
        ),
        ({"ItemBatcher": {"MaxInputBytesPerBatch": 16}}, [1, 22, 3],
         [{"Items": [1, 22]}, {"Items": [3]}]),
        ({"ItemBatcher": {"MaxInputBytesPerBatch": 13}}, ["long"], "States.DataLimitExceeded"),
        ({"ItemsPath": "$.items", "ItemBatcher": {"MaxItemsPerBatchPath": "$.most"}},
         {"items": [1, 2], "most": "1"}, [{"Items": [1]}, {"Items": [2]}]),
        ({"ItemsPath": "$.items"}, {"items": []}, []),
    ],
)  # fmt: skip
def test_items_are_selected_and_batched(
    local_aws: LocalAws, fields: dict[str, Any], given: Any, expected: Any
) -> None:
    assert outcome(run(local_aws, distributed(ECHO, **fields), given)) == expected


@pytest.mark.parametrize(
    ("config", "text", "expected"),
    [
        ({"InputType": "JSON", "MaxItems": 2}, "[1, 2, 3]", [1, 2]),
        ({"InputType": "JSON", "ItemsPointer": "/a/0"}, '{"a": [[5]]}', [5]),
        ({"InputType": "JSON"}, '{"a": 1}', "States.ItemReaderFailed"),
        ({"InputType": "MANIFEST"}, '{"a": 1}', "States.ItemReaderFailed"),
        ({"InputType": "JSONL"}, '{"a": 1}\n{"a": 2}\n', [{"a": 1}, {"a": 2}]),
        ({"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"}, 'a,b\n1,"x,y"\n2\n',
         [{"a": "1", "b": "x,y"}, {"a": "2", "b": ""}]),
        ({"InputType": "CSV", "CSVHeaderLocation": "GIVEN", "CSVHeaders": ["a"],
          "CSVDelimiter": "TAB", "MaxItems": 1}, "1\t2\n3\t4\n", [{"a": "1"}]),
        ({"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"}, "a,a\n1,2\n",
         "States.ItemReaderFailed"),
    ],
)  # fmt: skip
def test_items_are_read_from_an_object(
    local_aws: LocalAws, config: dict[str, Any], text: str, expected: Any
) -> None:
    bucket = bucket_with(local_aws, items=text)
    reader = {
        "Resource": "arn:aws:states:::s3:getObject",
        "ReaderConfig": config,
        "Parameters": {"Bucket.$": "$.bucket", "Key": "items"},
    }
    ended = run(local_aws, distributed(ECHO, ItemReader=reader), {"bucket": bucket})
    assert outcome(ended) == expected


def test_items_are_the_objects_of_a_prefix_in_jsonata(local_aws: LocalAws) -> None:
    bucket = bucket_with(local_aws, a1="x", a2="xx", b="")
    reader = {
        "Resource": "arn:aws:states:::s3:listObjectsV2",
        "Arguments": {"Bucket": "{% $states.input.bucket %}", "Prefix": "a"},
    }
    keys: Any = {"Output": "{% $states.result.(Key & ':' & Size) %}", "QueryLanguage": "JSONata"}
    machine = distributed(ECHO, ItemReader=reader, **keys)
    assert run(local_aws, machine, {"bucket": bucket})["output"] == ["a1:1", "a2:2"]


@pytest.mark.parametrize(
    ("resource", "config", "expected"),
    [
        ("listObjectsV2", {"InputType": "JSONL", "Transformation": "LOAD_AND_FLATTEN"}, [1, 2, 3]),
        ("getObject", {"InputType": "JSONL", "ManifestType": "ATHENA_DATA"}, [3, 1, 2]),
        ("getObject", {"InputType": "MANIFEST"}, [{"Bucket": "b", "Key": "k"}]),
    ],
)
def test_items_are_in_several_objects(
    local_aws: LocalAws, resource: str, config: dict[str, Any], expected: Any
) -> None:
    bucket = bucket_with(local_aws, a1="1\n2\n", a2="3\n")
    if config["InputType"] == "MANIFEST":
        manifest = json.dumps({
            "destinationBucket": f"arn:aws:s3:::{bucket}",
            "fileFormat": "CSV",
            "fileSchema": "Bucket, Key",
            "files": [{"key": "rows.csv.gz"}],
        })  # fmt: skip
        rows = gzip.compress(b'"b","k"\n')
        local_aws.client("s3").put_object(Bucket=bucket, Key="rows.csv.gz", Body=rows)
    else:
        manifest = f"s3://{bucket}/a2\ns3://{bucket}/a1\n"
    local_aws.client("s3").put_object(Bucket=bucket, Key="manifest", Body=manifest)
    which = {"Prefix": "a"} if resource == "listObjectsV2" else {"Key": "manifest"}
    reader = {
        "Resource": f"arn:aws:states:::s3:{resource}",
        "ReaderConfig": config,
        "Parameters": {"Bucket": bucket, **which},
    }
    assert outcome(run(local_aws, distributed(ECHO, ItemReader=reader))) == expected


def test_items_are_rows_of_parquet(local_aws: LocalAws, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    file = tmp_path / "rows.parquet"
    duckdb.execute(f"copy (select 1 as a, 'x' as b) to '{file}'")
    bucket = bucket_with(local_aws)
    local_aws.client("s3").upload_file(str(file), bucket, "rows.parquet")
    reader = {
        "Resource": "arn:aws:states:::s3:getObject",
        "ReaderConfig": {"InputType": "PARQUET"},
        "Parameters": {"Bucket": bucket, "Key": "rows.parquet"},
    }
    assert outcome(run(local_aws, distributed(ECHO, ItemReader=reader))) == [{"a": 1, "b": "x"}]


def test_results_are_written_with_a_manifest(local_aws: LocalAws) -> None:
    bucket = bucket_with(local_aws)
    writer = {
        "Resource": "arn:aws:states:::s3:putObject",
        "Parameters": {"Bucket.$": "$.bucket", "Prefix": "out"},
    }
    tolerant: dict[str, Any] = {"ToleratedFailureCount": 1, "ItemsPath": "$.items"}
    machine = distributed(JUDGE, ResultWriter=writer, **tolerant)
    output = run(local_aws, machine, {"bucket": bucket, "items": [3, -1]})["output"]
    place = output["ResultWriterDetails"]
    assert place["Key"] == f"out/{output['MapRunArn'].rsplit(':', 1)[1]}/manifest.json"
    manifest = read(local_aws, bucket, place["Key"])
    files = {name: found[0]["Key"] for name, found in manifest["ResultFiles"].items() if found}
    (succeeded,) = read(local_aws, bucket, files["SUCCEEDED"])
    assert (succeeded["Input"], succeeded["Output"], succeeded["Status"]) == ("3", "3", "SUCCEEDED")
    (failed,) = read(local_aws, bucket, files["FAILED"])
    assert (failed["Input"], failed["Error"], failed["Status"]) == ("-1", "TooCold", "FAILED")
    assert manifest["MapRunArn"] == output["MapRunArn"]


def read(local_aws: LocalAws, bucket: str, key: str) -> Any:
    return json.loads(local_aws.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read())
