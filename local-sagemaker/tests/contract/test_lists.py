"""List operations: pages, order and filters, seen on models, which cost nothing to make."""

from __future__ import annotations

import math
import time
from typing import Any

import pytest

from tests.local_sagemaker.server import BUCKET, IMAGE, LocalSageMaker

COUNT = 12


@pytest.fixture(scope="module")
def names(local: LocalSageMaker) -> list[str]:
    """Models in the order of their creation, which is not the order of their names."""
    names = [f"listed-{(number * 5) % COUNT:02d}" for number in range(COUNT)]
    for name in names:
        create_model(local, name)
    return names


def create_model(local: LocalSageMaker, name: str) -> None:
    local.s3.put_object(Bucket=BUCKET, Key="listed/model.tar.gz", Body=b"")
    container = {"Image": IMAGE, "ModelDataUrl": f"s3://{BUCKET}/listed/model.tar.gz"}
    local.sagemaker.create_model(ModelName=name, PrimaryContainer=container)


def list_names(local: LocalSageMaker, **options: Any) -> list[str]:
    request = {"NameContains": "listed", "MaxResults": 100} | options
    return [model["ModelName"] for model in local.sagemaker.list_models(**request)["Models"]]


def test_page_holds_ten_entries_unless_asked_otherwise(
    local: LocalSageMaker, names: list[str]
) -> None:
    page = local.sagemaker.list_models(NameContains="listed")
    assert len(page["Models"]) == 10
    rest = local.sagemaker.list_models(NameContains="listed", NextToken=page["NextToken"])
    assert len(rest["Models"]) == 2
    assert "NextToken" not in rest


def test_paginator_sees_every_entry_once(local: LocalSageMaker, names: list[str]) -> None:
    pages = local.sagemaker.get_paginator("list_models").paginate(
        NameContains="listed", PaginationConfig={"PageSize": 5}
    )
    seen = [model["ModelName"] for page in pages for model in page["Models"]]
    assert sorted(seen) == sorted(names)


def test_newest_come_first(local: LocalSageMaker, names: list[str]) -> None:
    assert list_names(local) == names[::-1]


def test_order_is_by_the_asked_key(local: LocalSageMaker, names: list[str]) -> None:
    assert list_names(local, SortBy="Name", SortOrder="Ascending") == sorted(names)


def test_name_contains_ignores_case(local: LocalSageMaker, names: list[str]) -> None:
    assert list_names(local, NameContains="LISTED-0") == [
        name for name in names[::-1] if name.startswith("listed-0")
    ]


def test_creation_time_bounds_the_list(local: LocalSageMaker) -> None:
    """boto3 sends whole seconds."""
    create_model(local, "early-bounded")
    second = math.ceil(time.time())
    time.sleep(second - time.time())
    create_model(local, "late-bounded")
    bounded = {"NameContains": "bounded"}
    assert list_names(local, CreationTimeBefore=second, **bounded) == ["early-bounded"]
    assert list_names(local, CreationTimeAfter=second, **bounded) == ["late-bounded"]
