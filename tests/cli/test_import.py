"""`retune import`: a file that is not what was packed is refused before anything is uploaded."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws
from tuning.data.s3_location import S3Location

from retune.errors import InputError
from retune.packages.package_file import read_package, uploaded
from tests.tuning.test_imported_model import CARRIED

EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def archive(file: Path, **contents: str) -> Path:
    with zipfile.ZipFile(file, "w") as written:
        for name, text in contents.items():
            written.writestr(name.replace("_", "."), text)
    return file


def packed(sha256: str) -> str:
    carried = CARRIED.model_copy(update={"artefact_sha256": sha256})
    return carried.model_dump_json(by_alias=True, exclude_none=True)


def test_what_was_packed_is_read(tmp_path: Path) -> None:
    contents = {"model.tar.gz": "", "package_json": packed(EMPTY_SHA256), "rows": "1,2"}
    carried = read_package(archive(tmp_path / "bank.zip", **contents))
    assert carried.model_package_arn == CARRIED.model_package_arn


def test_another_artefact_is_refused(tmp_path: Path) -> None:
    contents = {"model.tar.gz": "other", "package_json": packed(EMPTY_SHA256), "rows": "1,2"}
    with pytest.raises(InputError, match=r"model.tar.gz is not the one that was packed"):
        read_package(archive(tmp_path / "bank.zip", **contents))


def test_a_file_that_was_damaged_on_its_way_is_refused(tmp_path: Path) -> None:
    contents = {"model.tar.gz": "model", "package_json": packed(EMPTY_SHA256), "rows": "1,2"}
    file = archive(tmp_path / "bank.zip", **contents)
    file.write_bytes(file.read_bytes().replace(b"ModelPackageArn", b"MadelPackageArn"))
    with pytest.raises(InputError, match="it is broken: Bad CRC-32"):
        read_package(file)


class Account:
    """moto's, in one region."""

    @staticmethod
    def client(service: Any) -> Any:
        return boto3.client(service, region_name="us-east-1")


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        Account.client("s3").create_bucket(Bucket="data-bucket")
        yield Account


def test_a_model_that_was_brought_before_is_not_overwritten(account: Any, tmp_path: Path) -> None:
    """An endpoint may read it whenever it starts an instance."""
    folder = S3Location("data-bucket", "runs/monday/import/")
    contents = {"package_json": packed(EMPTY_SHA256), "rows": "1,2"}
    one, other = (
        archive(tmp_path / f"{model}.zip", **contents, **{"model.tar.gz": model})
        for model in ("one", "other")
    )
    with uploaded(account, one, folder):
        pass
    with pytest.raises(InputError, match="Choose another --name"), uploaded(account, other, folder):
        pass
    kept = account.client("s3").get_object(Bucket="data-bucket", Key=f"{folder.key}model.tar.gz")
    assert kept["Body"].read() == b"one"


def test_what_was_uploaded_goes_when_no_execution_is_started(account: Any, tmp_path: Path) -> None:
    contents = {"model.tar.gz": "", "package_json": packed(EMPTY_SHA256), "rows": "1,2"}
    file, folder = archive(tmp_path / "bank.zip", **contents), S3Location("data-bucket", "runs/a/")
    with pytest.raises(InputError, match="Nothing was started"), uploaded(account, file, folder):
        raise InputError("Nothing was started.")
    assert account.client("s3").list_objects_v2(Bucket="data-bucket")["KeyCount"] == 0


def test_upload_that_breaks_off_leaves_nothing(account: Any, tmp_path: Path) -> None:
    contents = {"model.tar.gz": "", "package_json": packed(EMPTY_SHA256), "rows": "1,2"}
    file, folder = archive(tmp_path / "bank.zip", **contents), S3Location("data-bucket", "runs/a/")
    file.write_bytes(file.read_bytes().replace(b"ModelPackageArn", b"MadelPackageArn"))
    with pytest.raises(InputError, match="it is broken"), uploaded(account, file, folder):
        pass
    assert account.client("s3").list_objects_v2(Bucket="data-bucket")["KeyCount"] == 0


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "bank.txt"
    text.write_text("no archive")
    with pytest.raises(InputError, match="is no archive"):
        read_package(text)
    with pytest.raises(InputError, match=r"it has no model.tar.gz, rows"):
        read_package(archive(tmp_path / "bank.zip", package_json=packed(EMPTY_SHA256)))
    with pytest.raises(InputError, match="No such file"):
        read_package(tmp_path / "nowhere.zip")
