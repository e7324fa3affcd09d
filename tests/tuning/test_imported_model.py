"""A run that deploys a model of another account: what is planned, and what is refused."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import Any

import pytest
from tuning.data.s3_location import S3Location
from tuning.errors import InvalidInput, MissingData
from tuning.evaluation.decision import reach_verdict
from tuning.planning.brought_package import check_artefact
from tuning.planning.imported_model import plan_import
from tuning.variables.imported_model import CarriedModel
from tuning.variables.interface import Encoding, Interface
from tuning.variables.plan import Plan

from tests.tuning.plans import ENVIRONMENT, EXECUTION
from tests.tuning.variables import a_winner

FOLDER = "s3://data-bucket/runs/brought/import/"
PACKAGE = "arn:aws:sagemaker:eu-west-1:111111111111:model-package/retune/7"
IRISH = "141502667606.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-xgboost:1.7-1"
CARRIED = CarriedModel(
    model_package_arn=PACKAGE,
    approval_description="Looks right.",
    endpoint_name="retune-bank",
    artefact_sha256="0" * 64,
    content_type="text/csv",
    accept="text/csv",
    winner=a_winner().model_copy(update={"training_image": IRISH}),
    interface=Interface(content_type="text/csv", feature_columns=4),
)


class Files:
    """The folder's package.json, or none, and its artefact."""

    def __init__(self, text: str | None, artefact: bytes = b"") -> None:
        self._text, self._artefact = text, artefact

    def open_object(self, location: S3Location) -> BytesIO:
        assert str(location) == f"{FOLDER}model.tar.gz"
        return BytesIO(self._artefact)

    def read_text(self, location: S3Location) -> str:
        assert str(location) == f"{FOLDER}package.json"
        if self._text is None:
            raise MissingData(f"There is no {location}.")
        return self._text


def planned(carried: CarriedModel = CARRIED, **document: Any) -> Plan:
    files = Files(carried.model_dump_json(by_alias=True, exclude_none=True))
    asked = {"Import": {"S3Uri": FOLDER}, **document}
    return plan_import(asked, ENVIRONMENT, EXECUTION, files)


def test_the_model_has_a_name_an_image_and_an_artefact_of_this_account() -> None:
    imported = planned().imported
    assert imported is not None
    winner = imported.winner
    assert winner.training_job_name == f"{EXECUTION.job_name('retune')}-import"
    assert winner.training_image.endswith(".eu-central-1.amazonaws.com/sagemaker-xgboost:1.7-1")
    assert winner.model_data_url == f"{FOLDER}model.tar.gz"
    assert winner.hyper_parameters == CARRIED.winner.hyper_parameters


def test_the_endpoint_is_asked_about_the_rows_that_came_with_it() -> None:
    samples = planned().samples
    assert (samples.bucket, samples.key) == ("data-bucket", "runs/brought/import/rows")


def test_it_is_promoted_because_it_was_approved_where_it_was_tuned() -> None:
    plan: Any = planned()
    verdict = reach_verdict(plan, None, None, None, plan, plan)
    assert verdict.decision == "Promote"
    assert verdict.reason == f"It was tuned and approved as {PACKAGE}: Looks right."


def test_clients_find_how_raw_rows_are_encoded() -> None:
    encoding = Encoding(digest="abc", description="s3://elsewhere/retune.preparation.json")
    interface = Interface(content_type="text/csv", encoding=encoding)
    plan = planned(CARRIED.model_copy(update={"interface": interface}))
    assert plan.table_description is not None
    assert plan.table_description.source == f"{FOLDER}retune.preparation.json"
    tags = {tag["Key"]: tag["Value"] for tag in plan.endpoint.config.tags}
    assert tags["retune:preparation"] == plan.table_description.kept


def test_artefact_that_was_approved_is_deployed_and_no_other() -> None:
    approved, other = Files(None, b"approved"), Files(None, b"tampered")
    digest = hashlib.sha256(b"approved").hexdigest()
    plan = planned(CARRIED.model_copy(update={"artefact_sha256": digest}))
    check_artefact(plan, approved)
    with pytest.raises(InvalidInput, match=f"not the one that was approved.*says {digest}"):
        check_artefact(plan, other)


@pytest.mark.parametrize(
    ("carried", "document", "said"),
    [
        (CARRIED, {"DryRun": True}, "DryRun"),
        (CARRIED, {"Rollback": {"EndpointConfigName": "old"}}, "Rollback.EndpointConfigName"),
        (CARRIED, {"Algorithm": "linear-learner"}, "Its model is of sagemaker-xgboost"),
        (CARRIED.model_copy(update={"content_type": "text/libsvm"}), {}, "takes text/libsvm"),
    ],
    ids=["dry run", "rollback", "algorithm", "content type"],
)
def test_what_cannot_be_deployed_so_is_refused(
    carried: CarriedModel, document: dict[str, Any], said: str
) -> None:
    with pytest.raises(InvalidInput, match=said):
        planned(carried, **document)


@pytest.mark.parametrize("text", [None, "{}", "no JSON"])
def test_a_folder_that_retune_import_has_not_written_is_refused(text: str | None) -> None:
    with pytest.raises(InvalidInput, match="retune import FILE"):
        plan_import({"Import": {"S3Uri": FOLDER}}, ENVIRONMENT, EXECUTION, Files(text))


@pytest.mark.parametrize(
    "place",
    ["s3://data-bucket/runs/monday/training/import/", "s3://elsewhere/runs/monday/import/"],
    ids=["where containers write", "another bucket"],
)
def test_a_folder_that_a_container_or_stranger_may_write_is_refused(place: str) -> None:
    files = Files(CARRIED.model_dump_json(by_alias=True, exclude_none=True))
    with pytest.raises(InvalidInput, match=r"A model is brought to s3://data-bucket/runs/"):
        plan_import({"Import": {"S3Uri": place}}, ENVIRONMENT, EXECUTION, files)
