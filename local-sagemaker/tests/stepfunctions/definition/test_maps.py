"""What is refused of Map states."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stepfunctions.definition.machines import END, machine, one, processor, said, schema

DISTRIBUTED = {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}
GET = "arn:aws:states:::s3:getObject"


def distributed(**fields: Any) -> dict[str, Any]:
    return one(
        Type="Map", ItemProcessor=processor({"B": END}, ProcessorConfig=DISTRIBUTED), **fields
    )


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "This object should have only one of the following fields"),
        (
            {"ItemProcessor": processor({"B": END}), "Iterator": processor({"C": END})},
            "There should only be one of the following fields",
        ),
    ],
)
def test_a_map_has_one_processor(fields: dict[str, Any], message: str) -> None:
    found = said(machine(one(Type="Map", **fields)))
    assert found == schema(f"{message}: [ItemProcessor, Iterator]", "/States/A")


@pytest.mark.parametrize(
    ("config", "message", "location"),
    [
        ({"Mode": "DISTRIBUTED"}, "These fields are required: [ExecutionType]", ""),
        (
            {"Mode": "INLINE", "ExecutionType": "STANDARD"},
            "Field 'ExecutionType' is not supported",
            "",
        ),
        ({"Mode": "X"}, "Value should be one of the following: [INLINE, DISTRIBUTED]", "/Mode"),
        (
            {"Mode": "DISTRIBUTED", "ExecutionType": "X"},
            "Value should be one of the following: [STANDARD, EXPRESS]",
            "/ExecutionType",
        ),
    ],
)
def test_a_processor_has_a_mode(config: dict[str, Any], message: str, location: str) -> None:
    state = one(Type="Map", ItemProcessor=processor({"B": END}, ProcessorConfig=config))
    place = f"/States/A/ItemProcessor/ProcessorConfig{location}"
    assert said(machine(state)) == schema(message, place)


def test_an_express_machine_has_no_distributed_map() -> None:
    message = (
        "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines"
    )
    place = "/States/A/ItemProcessor/ProcessorConfig/Mode"
    assert said(machine(distributed()), express=True) == schema(message, place)


def test_express_executions_of_items_wait_for_nothing() -> None:
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
        "Parameters": {"FunctionName": "f"},
        "End": True,
    }
    config = {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"}
    state = one(Type="Map", ItemProcessor=processor({"B": task}, ProcessorConfig=config))
    (found,) = said(machine(state))
    assert "Express state machine does not support '.waitForTaskToken'" in found


@pytest.mark.parametrize(
    ("fields", "message", "location"),
    [
        ({"MaxConcurrency": -1}, "Minimum value is 0", "/MaxConcurrency"),
        (
            {"ToleratedFailurePercentage": 101},
            "Maximum value is 100.0",
            "/ToleratedFailurePercentage",
        ),
        (
            {"MaxConcurrency": 1, "MaxConcurrencyPath": "$.n"},
            "There should only be one of the following fields: "
            "[MaxConcurrency, MaxConcurrencyPath]",
            "",
        ),
        (
            {"MaxConcurrencyPath": "$$.Execution.Input.n"},
            "Value is not a Reference Path",
            "/MaxConcurrencyPath",
        ),
        (
            {"MaxConcurrencyPath": "$.limits[*]"},
            "Value is not a Reference Path",
            "/MaxConcurrencyPath",
        ),
        (
            {"ItemReader": {"Resource": "arn:aws:states:::s3:putObject"}},
            "The field 'Resource' does not match any of the allowed values",
            "/ItemReader/Resource",
        ),
        (
            {"ItemReader": {"Resource": GET, "ReaderConfig": {"InputType": "CSV"}}},
            "The field 'CSVHeaderLocation' is required",
            "/ItemReader/ReaderConfig",
        ),
        (
            {
                "ItemReader": {
                    "Resource": GET,
                    "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "GIVEN"},
                }
            },
            "These fields are required: [CSVHeaders]",
            "/ItemReader/ReaderConfig",
        ),
        (
            {
                "ItemReader": {
                    "Resource": GET,
                    "ReaderConfig": {"InputType": "JSON", "CSVHeaderLocation": "FIRST_ROW"},
                }
            },
            "Field 'CSVHeaderLocation' is not supported",
            "/ItemReader/ReaderConfig",
        ),
        (
            {"ItemReader": {"Resource": GET, "ReaderConfig": {"MaxItems": 100_000_001}}},
            "Maximum value is 100000000",
            "/ItemReader/ReaderConfig/MaxItems",
        ),
        (
            {"ItemBatcher": {"MaxItemsPerBatch": 1, "MaxItemsPerBatchPath": "$.n"}},
            "There should only be one of the following fields: "
            "[MaxItemsPerBatch, MaxItemsPerBatchPath]",
            "/ItemBatcher",
        ),
        (
            {"ResultWriter": {"WriterConfig": {"Transformation": "COMPACT"}}},
            "These fields are required: [OutputType]",
            "/ResultWriter/WriterConfig",
        ),
    ],
)
def test_a_distributed_map_has_its_fields(
    fields: dict[str, Any], message: str, location: str
) -> None:
    assert said(machine(distributed(**fields))) == schema(message, f"/States/A{location}")


def test_only_a_distributed_map_reads_and_writes() -> None:
    reader = {"Resource": GET}
    found = said(machine(one(Type="Map", ItemProcessor=processor({"B": END}), ItemReader=reader)))
    message = "The field 'ItemReader' is only supported in the DISTRIBUTED processing mode"
    assert found == schema(message, "/States/A")


def test_an_inline_map_may_tolerate_failures() -> None:
    tolerance = {"ToleratedFailureCount": 1, "ToleratedFailurePercentage": 50}
    assert said(machine(one(Type="Map", ItemProcessor=processor({"B": END}), **tolerance))) == []


@pytest.mark.parametrize("label", ["", "a b", "a:b", "a" * 41])
def test_a_label_becomes_part_of_an_arn(label: str) -> None:
    (found,) = said(machine(distributed(Label=label)))
    assert found.startswith(f"INVALID_LABEL_NAME: Invalid Label name: '{label}'")


def test_a_label_is_there_once() -> None:
    other = processor({"C": END}, ProcessorConfig=DISTRIBUTED)
    states = {
        "A": {**distributed(Label="l", Next="M")["A"], "Next": "M"},
        "M": {"Type": "Map", "Label": "l", "ItemProcessor": other, "End": True},
    }
    assert said(machine(states)) == [
        "DUPLICATE_LABEL_NAME: Duplicate Label name: l at /States/M/Label"
    ]
