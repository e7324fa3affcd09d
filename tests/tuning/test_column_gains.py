"""Which columns a model looks at, read from its file without XGBoost."""

from __future__ import annotations

import io
import tarfile
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
import xgboost
from hypothesis import given
from hypothesis import strategies as st
from tuning.aws.model_file import read_model_file
from tuning.data.s3_location import S3Location
from tuning.report.column_gains import ColumnGains
from tuning.report.ubjson import read_ubjson

from tests.tuning.account import Account

NAMES = ["age", "job", "job", "city"]


def booster(**parameters: Any) -> Any:
    """A model that looks at the first three of five features."""
    random = np.random.default_rng(1)
    rows = random.random((300, 5))
    labels = (rows[:, 0] + 0.5 * rows[:, 1] + 0.3 * rows[:, 2] > 0.9).astype(int)
    matrix = xgboost.DMatrix(rows, labels)
    return xgboost.train({"objective": "binary:logistic", **parameters}, matrix, 8)


@pytest.mark.parametrize("kind", ["ubj", "json"])
@pytest.mark.parametrize("parameters", [{}, {"booster": "dart"}, {"max_depth": 12, "eta": 0.9}])
def test_shares_are_those_of_xgboosts_total_gain(kind: str, parameters: dict[str, Any]) -> None:
    model = booster(**parameters)
    gains = model.get_score(importance_type="total_gain")
    found = ColumnGains.of_model(bytes(model.save_raw(kind)), []).shares
    assert found == pytest.approx({n: g / sum(gains.values()) for n, g in gains.items()}, rel=1e-4)
    assert list(found.values()) == sorted(found.values(), reverse=True)


def test_features_of_one_column_are_summed_and_a_feature_without_a_name_has_its_number() -> None:
    model = bytes(booster().save_raw("ubj"))
    plain, named = (ColumnGains.of_model(model, names).shares for names in ([], NAMES))
    assert named["job"] == pytest.approx(plain["f1"] + plain["f2"])
    assert named["f4"] == plain["f4"]


@pytest.mark.filterwarnings("ignore")
def test_model_that_does_not_tell_says_why() -> None:
    with pytest.raises(ValueError, match="binary format of XGBoost before 2"):
        ColumnGains.of_model(bytes(booster().save_raw("deprecated")), [])
    with pytest.raises(ValueError, match="It has no trees"):
        ColumnGains.of_model(bytes(booster(booster="gblinear").save_raw("ubj")), [])
    with pytest.raises(ValueError, match="It has no split"):
        ColumnGains.of_model(bytes(booster(gamma=1e9).save_raw("ubj")), [])


MODEL = bytes(booster().save_raw("ubj"))


@given(st.integers(0, len(MODEL) - 1), st.binary(max_size=12))
def test_damaged_file_is_no_more_than_a_sentence(place: int, damage: bytes) -> None:
    damaged = MODEL[:place] + damage + MODEL[place + len(damage) :]
    for content in (damaged, MODEL[:place], damage):
        with suppress(ValueError):
            ColumnGains.of_model(content, [])


def test_brackets_without_end_and_lengths_that_are_lies_are_refused() -> None:
    far = b"\x7f" + b"\xff" * 7
    for content in (b"[" * 10_000, b"{L" + far, b"[$d#L" + far, b"[$Z#L" + far):
        with pytest.raises(ValueError, match="It "):
            read_ubjson(content)


def archive(name: str = "xgboost-model", content: bytes = b"model") -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        tar.addfile(member, io.BytesIO(content))
    return packed.getvalue()


PLACE = S3Location("data-bucket", "model.tar.gz")


def put(account: Account, content: bytes) -> None:
    account.client("s3").put_object(Bucket=PLACE.bucket, Key=PLACE.key, Body=content)


@pytest.mark.parametrize("name", ["xgboost-model", "./xgboost-model"])
def test_file_is_read_out_of_the_artefact(account: Account, name: str) -> None:
    put(account, archive(name))
    assert read_model_file(PLACE, "xgboost-model", 5) == b"model"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (archive("other"), "has no file xgboost-model"),
        (archive(content=b"larger"), "It has 6 bytes, more than are read"),
        (archive()[:40], "cannot be read"),
        (b"no archive", "cannot be read"),
    ],
    ids=["other file", "large", "cut off", "no archive"],
)
def test_artefact_that_has_none_says_so(account: Account, content: bytes, words: str) -> None:
    put(account, content)
    with pytest.raises(ValueError, match=words):
        read_model_file(PLACE, "xgboost-model", 5)
