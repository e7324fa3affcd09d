"""A run that brings an earlier champion back: what is planned, and what is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from tuning.endpoint.hosting_protection import HostingProtection
from tuning.endpoint.kept_champion import KeptChampion
from tuning.endpoint.next_step import Endpoint
from tuning.errors import InvalidInput, MissingData
from tuning.planning.rollback import needs_a_person, plan_rollback
from tuning.tags import run_tags
from tuning.variables.interface import Encoding, Interface
from tuning.variables.last_run import LastRun
from tuning.variables.plan import Plan

from tests.tuning.channel_store import ChannelStore, store
from tests.tuning.plans import ENVIRONMENT, EXECUTION, make_plan
from tests.tuning.recorded import IMAGE

OLD, NEW = "retune-261101-0a1b2c3d-00-001", "retune-261108-0a1b2c3d-00-002"
ARTEFACT = f"s3://data-bucket/runs/earlier/training/{OLD}/output/model.tar.gz"
CHAMPION = KeptChampion(
    name=OLD,
    created=datetime(2026, 11, 1, tzinfo=UTC),
    tags={tag["Key"]: tag["Value"] for tag in run_tags("retune", "retune", EXECUTION.id)},
    serverless=False,
    image=IMAGE,
    model_data_url=ARTEFACT,
)
OF_ITS_CLIENTS = Interface(content_type="text/csv", feature_columns=3)
SERVING = replace(CHAMPION, name=NEW)


@dataclass
class Served:
    """What serves and what has served, as tuning.aws.served tells it."""

    endpoint: Endpoint | None = field(default_factory=lambda: Endpoint("InService", NEW))
    champions: tuple[KeptChampion, ...] = (CHAMPION, SERVING)
    interface: Interface = OF_ITS_CLIENTS

    def describe_endpoint(self, name: str) -> Endpoint | None:
        return self.endpoint

    def read_champion(self, config_name: str) -> KeptChampion | None:
        return next((each for each in self.champions if each.name == config_name), None)

    def hyper_parameters(self, champion: KeptChampion) -> dict[str, str]:
        return {"objective": "binary:logistic"}

    def interface_of(self, plan: Plan, config_name: str) -> Interface:
        return self.interface


def data() -> ChannelStore:
    found = store()
    found.objects[ARTEFACT] = b"model"
    return found


def plan(served: Served | None = None, within: ChannelStore | None = None, **fields: Any) -> Plan:
    document = {"Rollback": {"EndpointConfigName": OLD}, **fields}
    return plan_rollback(document, ENVIRONMENT, EXECUTION, within or data(), served or Served())


def test_champion_takes_the_place_of_what_serves_and_nothing_is_trained_or_scored() -> None:
    made = plan(Retrain={"TuningJobName": "an-earlier-job"})
    assert made.rollback is not None
    assert (made.rollback.training_job_name, made.rollback.replaced) == (OLD, NEW)
    assert made.interface == OF_ITS_CLIENTS
    assert made.rollback.hyper_parameters == {"objective": "binary:logistic"}
    assert (made.retrain, made.earlier_tuning_job, made.evaluation) == (None, None, None)


def test_endpoint_changes_by_its_rollout() -> None:
    made = plan(Endpoint={"InitialInstanceCount": 2, "Rollout": {"Type": "Canary"}})
    assert made.endpoint.update.deployment_config is not None


def test_data_that_training_would_refuse_stand_in_no_ones_way() -> None:
    broken = data()
    broken.objects["s3://data-bucket/data/train/train.csv"] = b"label,age\n1,a\n"
    made = plan(within=broken)
    assert made.samples.key == "data/validation/validation.csv"


def test_rows_to_verify_it_with_are_needed() -> None:
    empty = data()
    del empty.objects["s3://data-bucket/data/validation/validation.csv"]
    with pytest.raises(MissingData, match=r"Channels\.validation"):
        plan(within=empty)


PREPARE = {"Table": "s3://data-bucket/table/", "Label": "bought"}


def test_champion_of_a_table_is_verified_with_the_channels_that_were_made_for_it() -> None:
    folder, served, found = "s3://data-bucket/runs/earlier/", Served(), data()
    encoding = Encoding(digest="0", description=f"{folder}retune.preparation.json")
    served.interface = OF_ITS_CLIENTS.model_copy(update={"encoding": encoding})
    key = "preparation/channels/validation/0.csv"
    found.objects[folder + key] = b"1,2,3\n"
    assert plan(served, found, Prepare=PREPARE).samples.key == f"runs/earlier/{key}"


def test_champion_of_which_nobody_knows_the_channels_is_not_verified_with_others() -> None:
    with pytest.raises(InvalidInput, match="not recorded which channels Prepare made"):
        plan(Prepare=PREPARE)


def without(*names: str, **changes: Any) -> Served:
    """What served, with the champion changed or without some of what there was."""
    champions = tuple(each for each in (CHAMPION, SERVING) if each.name not in names)
    changed = tuple(replace(each, **changes) if each.name == OLD else each for each in champions)
    return Served(champions=changed)


@pytest.mark.parametrize(
    ("served", "words"),
    [
        (Served(endpoint=None), "There is no endpoint retune that could go back"),
        (without(OLD), "There is no such endpoint configuration"),
        (without(tags={}), "No run has made it for the endpoint retune"),
        (Served(endpoint=Endpoint("InService", OLD)), "The endpoint retune serves it already"),
        (without(model_data_url=""), "Its model was deleted"),
        (without(model_data_url="s3://data-bucket/gone"), "s3://data-bucket/gone, was deleted"),
        (without(image="1.dkr/linear-learner:1"), "is of linear-learner, and this input is for"),
        (without(serverless=True), "It is serverless, and the endpoint retune has instances"),
    ],
)
def test_champion_that_cannot_serve_is_refused(served: Served, words: str) -> None:
    with pytest.raises(InvalidInput, match=rf"Rollback\.EndpointConfigName = '{OLD}'.*{words}"):
        plan(served)


KEY, ISOLATED = "arn:aws:kms:us-east-1:123456789012:key/1", {"EnableNetworkIsolation": True}
VPC = {"Subnets": ["subnet-1", "subnet-2"], "SecurityGroupIds": ["sg-1"]}
REQUIRED = {"KmsKeyId": KEY, "VpcConfig": VPC, **ISOLATED}
PROTECTED = HostingProtection(
    instance_types=("ml.m5.large",),
    volume_key=KEY,
    subnets=frozenset(["subnet-2"]),
    security_groups=frozenset(["sg-1"]),
    isolated=True,
)


def plan_within_rules(protection: HostingProtection) -> Plan:
    """Where the deployment asks for a key, a VPC and isolation by now."""
    environment = replace(ENVIRONMENT, required=REQUIRED)
    document = {"Rollback": {"EndpointConfigName": OLD}}
    served = without(protection=protection)
    return plan_rollback(document, environment, EXECUTION, data(), served)


@pytest.mark.parametrize(
    ("changes", "settings"),
    [
        ({"volume_key": ""}, "retune:kms_key"),
        ({"volume_key": KEY.replace("key/1", "key/2")}, "retune:kms_key"),
        ({"capture_key": ""}, "retune:kms_key"),
        ({"subnets": frozenset()}, "retune:vpc_subnets"),
        ({"subnets": frozenset(["subnet-2", "subnet-3"])}, "retune:vpc_subnets"),
        ({"security_groups": frozenset(["sg-2"])}, "retune:vpc_security_groups"),
        ({"isolated": False}, "retune:network_isolation"),
    ],
)
def test_champion_from_before_a_setting_became_stricter_is_refused(
    changes: dict[str, Any], settings: str
) -> None:
    words = f"does not keep to {settings}. Name a later one, or start a run."
    with pytest.raises(InvalidInput, match=re.escape(words)):
        plan_within_rules(replace(PROTECTED, **changes))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"capture_key": KEY},
        # SageMaker takes no key for these.
        {"volume_key": "", "instance_types": ("ml.g5.xlarge",)},
        {"volume_key": "", "instance_types": ()},
    ],
    ids=["as asked", "with data capture", "local storage", "serverless"],
)
def test_champion_that_keeps_to_every_setting_comes_back(changes: dict[str, Any]) -> None:
    assert plan_within_rules(replace(PROTECTED, **changes)).rollback is not None


def test_dry_run_is_refused() -> None:
    with pytest.raises(InvalidInput, match="DryRun = True: A rollback has no verdict"):
        plan(DryRun=True)


def test_same_data_and_settings_after_a_rollback_need_a_person() -> None:
    made = make_plan()
    last = LastRun(execution_id=EXECUTION.id, outcome="RolledBack", fingerprint=made.fingerprint)
    asked = needs_a_person(made, last)
    assert asked.approval == "Manual"
    assert "has rolled back what these data and settings led to" in asked.warnings[-1]
    other = last.model_copy(update={"outcome": "Deployed"})
    assert needs_a_person(made, other).approval == "Automatic"
    changed = make_plan({"RandomSeed": 1})
    assert needs_a_person(changed, last).approval == "Automatic"


def test_a_model_of_another_account_is_asked_about_the_rows_that_came_with_it() -> None:
    name, folder = "retune-261101-0a1b2c3d-import", "runs/brought/import/"
    artefact = f"s3://data-bucket/{folder}model.tar.gz"
    champion = replace(CHAMPION, name=name, model_data_url=artefact)
    files = ChannelStore()
    files.objects[artefact] = b"model"
    document = {"Rollback": {"EndpointConfigName": name}}
    hosting = Served(champions=(champion, SERVING))
    made = plan_rollback(document, ENVIRONMENT, EXECUTION, files, hosting)
    assert made.samples.key == f"{folder}rows"
