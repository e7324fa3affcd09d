"""Parents of a warm start: planning refuses what SageMaker would refuse, and nothing else."""

from __future__ import annotations

import copy
from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.tuning.autotune import with_choices
from local_sagemaker.sagemaker.tuning.warm_start_rules import check_warm_start
from tuning.errors import InvalidInput
from tuning.planning.warm_start_rules import misfits, total_jobs_misfit

from tests.tuning.channel_store import store
from tests.tuning.plans import plan

Job = dict[str, Any]
Change = Callable[[Job], object]
LINEAR_LEARNER = "382416733822.dkr.ecr.us-east-1.amazonaws.com/linear-learner:1"
PARENT = "retune-261101-00000001"


def base_job() -> Job:
    """A request that Retune makes, with a hyperparameter of each kind, static and tuned."""
    request: Job = plan(
        {
            "StaticHyperParameters": {
                "objective": "binary:logistic",
                "num_round": "100",
                "tree_method": "hist",
                "booster": "gbtree",
                "seed": "1",
                "max_bin": "256",
                "verbosity": "1",
            }
        }
    )["TuningJob"]
    return request


def static(**values: str) -> Change:
    return lambda job: definition(job)["StaticHyperParameters"].update(values)


def swap(old: str, new: str) -> Change:
    """Another static hyperparameter in place of one."""

    def change(job: Job) -> None:
        definition(job)["StaticHyperParameters"].pop(old, None)  # an earlier change may tune it
        definition(job)["StaticHyperParameters"][new] = "1"

    return change


def tune(kind: str, name: str, **entry: Any) -> Change:
    """A range in place of a static value."""

    def change(job: Job) -> None:
        definition(job)["StaticHyperParameters"].pop(name, None)
        member = "AutoParameters" if kind == "Auto" else f"{kind}ParameterRanges"
        ranges(job).setdefault(member, []).append({"Name": name, **entry})

    return change


def freeze(name: str, value: str) -> Change:
    """A static value in place of a range."""

    def change(job: Job) -> None:
        for entries in ranges(job).values():
            entries[:] = [entry for entry in entries if entry["Name"] != name]
        definition(job)["StaticHyperParameters"][name] = value

    return change


def member(**members: Any) -> Change:
    return lambda job: definition(job).update(copy.deepcopy(members))


def image(tag: str) -> Change:
    def change(job: Job) -> None:
        specification = definition(job)["AlgorithmSpecification"]
        name = specification["TrainingImage"].partition(":")[0].partition("@")[0]
        specification["TrainingImage"] = name + tag

    return change


def channel(**fields: str) -> Change:
    def change(job: Job) -> None:
        definition(job)["InputDataConfig"][0]["DataSource"]["S3DataSource"].update(fields)

    return change


def config(**members: Any) -> Change:
    return lambda job: job["HyperParameterTuningJobConfig"].update(members)


def autotune(**hints: str) -> Change:
    """Autotune, with each hinted hyperparameter left to it."""

    def change(job: Job) -> None:
        job["Autotune"] = {"Mode": "Enabled"}
        for name, hint in hints.items():
            for entries in ranges(job).values():
                entries[:] = [entry for entry in entries if entry["Name"] != name]
            definition(job)["StaticHyperParameters"].pop(name, None)
            tune("Auto", name, ValueHint=hint)(job)

    return change


def definition(job: Job) -> Any:
    return job["TrainingJobDefinition"]


def ranges(job: Job) -> Any:
    return job["HyperParameterTuningJobConfig"]["ParameterRanges"]


BOOSTERS = ["gbtree", "dart", "gblinear"]
CHANGES: dict[str, Change] = {
    "a number": static(max_bin="128"),
    "three numbers": static(seed="2", verbosity="0", num_round="50"),
    "a text": static(tree_method="exact"),
    "two texts": static(objective="binary:hinge", booster="dart"),
    "one name more": static(max_leaves="8"),
    "one name for another": swap("max_bin", "max_leaves"),
    "a number tuned": tune("Integer", "max_bin", MinValue="64", MaxValue="512"),
    "a text tuned": tune("Categorical", "booster", Values=BOOSTERS),
    "many categories": tune("Categorical", "tree_method", Values=[f"t{n}" for n in range(11)]),
    "tuned made static": freeze("gamma", "0"),
    "two tuned made static": lambda job: [freeze(name, "1")(job) for name in ("gamma", "eta")],
    "another kind": lambda job: [
        freeze("max_depth", "3")(job),
        tune("Continuous", "max_depth", MinValue="3", MaxValue="4")(job),
    ],
    "an integer in place of a fraction": lambda job: [
        freeze("gamma", "3")(job),
        tune("Integer", "gamma", MinValue="3", MaxValue="4")(job),
    ],
    "categories in place of numbers": lambda job: [
        freeze("max_depth", "3")(job),
        tune("Categorical", "max_depth", Values=["3", "4"])(job),
    ],
    "autotune": autotune(),
    "autotune of a range": autotune(eta="0.2"),
    "autotune of a static one": autotune(max_bin="256"),
    "autotune of what cannot be tuned": autotune(tree_method="hist"),
    "autotune of one name more": autotune(alpha="1"),
    "wider ranges": lambda job: [
        entry.update(MaxValue="20") for entry in ranges(job)["IntegerParameterRanges"]
    ],
    "environment": member(Environment={"STAGE": "test"}),
    "an empty environment": member(Environment={}),
    "isolation": member(EnableNetworkIsolation=True),
    "no isolation": member(EnableNetworkIsolation=False),
    "encryption": member(EnableInterContainerTrafficEncryption=True),
    "retries": member(RetryStrategy={"MaximumRetryAttempts": 2}),
    "spot": member(EnableManagedSpotTraining=True),
    "role": member(RoleArn="arn:aws:iam::111122223333:role/other"),
    "checkpoints": member(CheckpointConfig={"S3Uri": "s3://bucket/checkpoints/"}),
    "another version": image(":1.7-1"),
    "a digest": image(f"@sha256:{'0' * 64}"),
    "another algorithm": member(
        AlgorithmSpecification={"TrainingImage": LINEAR_LEARNER, "TrainingInputMode": "File"}
    ),
    "other data": channel(S3Uri="s3://bucket/other/"),
    "a manifest": channel(S3DataType="ManifestFile"),
    "shards": channel(S3DataDistributionType="ShardedByS3Key"),
    "a channel more": lambda job: definition(job)["InputDataConfig"].append(
        {**copy.deepcopy(definition(job)["InputDataConfig"][0]), "ChannelName": "more"}
    ),
    "another objective": config(
        HyperParameterTuningJobObjective={"Type": "Minimize", "MetricName": "validation:error"}
    ),
    "more jobs": config(
        ResourceLimits={"MaxNumberOfTrainingJobs": 731, "MaxParallelTrainingJobs": 3}
    ),
}
PAIRS = [(), *combinations(CHANGES, 1), *combinations(CHANGES, 2)]


def changed(names: tuple[str, ...]) -> Job:
    job = copy.deepcopy(BASE)
    for name in names:
        CHANGES[name](job)
    return job


BASE = base_job()


def as_parent(request: Job, **members: Any) -> Job:
    """The request as DescribeHyperParameterTuningJob shows it when it has ended."""
    job = copy.deepcopy(with_choices(request))
    definition(job)["StaticHyperParameters"]["_tuning_objective_metric"] = "validation:auc"
    shown = {"EnableNetworkIsolation": False, "EnableInterContainerTrafficEncryption": False}
    shown |= {"EnableManagedSpotTraining": False}
    return job | {
        "TrainingJobDefinition": shown | definition(job),
        "HyperParameterTuningJobName": PARENT,
        "HyperParameterTuningJobStatus": "Completed",
        "TrainingJobStatusCounters": {"Completed": 18, "Stopped": 1, "NonRetryableError": 1},
        **members,
    }


def planning_refuses(child: Any, parent: Any, kind: Any) -> list[str]:
    return [*misfits(child, parent, kind), *total_jobs_misfit(child, [parent])]


def sagemaker_refuses(child: Job, parent: Job, kind: str, times: int = 1) -> list[str]:
    asked = [{"HyperParameterTuningJobName": PARENT}] * times
    start = {"ParentHyperParameterTuningJobs": asked, "WarmStartType": kind}
    try:
        check_warm_start({**child, "WarmStartConfig": start}, {PARENT: parent})
    except ValidationException as refusal:
        return [str(refusal)]
    return []


def difference(child: Job, parent: Job, kind: str) -> str | None:
    planned, served = (
        planning_refuses(child, parent, kind),
        sagemaker_refuses(child, parent, kind),
    )
    return None if bool(planned) == bool(served) else f"planning: {planned}; SageMaker: {served}"


@pytest.mark.parametrize("kind", ["IdenticalDataAndAlgorithm", "TransferLearning"])
@pytest.mark.parametrize("side", ["child", "parent"])
def test_planning_and_sagemaker_agree_on_every_pair(kind: str, side: str) -> None:
    """One job is as it is, and the other has up to two changes."""
    found = {}
    for names in PAIRS:
        jobs = (changed(names), BASE) if side == "child" else (BASE, changed(names))
        found[names] = difference(jobs[0], as_parent(jobs[1]), kind)
    assert {names: words for names, words in found.items() if words} == {}
    assert len(found) > 400


SOME_CHANGES = st.lists(st.sampled_from(list(CHANGES)), max_size=5, unique=True).map(tuple)


@given(
    child=SOME_CHANGES,
    parent=SOME_CHANGES,
    kind=st.sampled_from(["IdenticalDataAndAlgorithm", "TransferLearning"]),
)
def test_planning_and_sagemaker_agree_on_random_pairs(
    child: tuple[str, ...], parent: tuple[str, ...], kind: str
) -> None:
    """Both have changed since what they come from."""
    assert difference(changed(child), as_parent(changed(parent)), kind) is None


@pytest.mark.parametrize("status", ["Completed", "Stopped", "Failed", "InProgress", "Deleting"])
def test_planning_and_sagemaker_agree_on_a_parents_status(status: str) -> None:
    parent = as_parent(BASE, HyperParameterTuningJobStatus=status)
    assert difference(BASE, parent, "TransferLearning") is None


def test_a_parent_with_several_definitions_is_refused_by_both() -> None:
    parent = as_parent(BASE, TrainingJobDefinitions=[])
    assert planning_refuses(BASE, parent, "TransferLearning")
    assert sagemaker_refuses(BASE, parent, "TransferLearning")


def test_autotune_learns_from_autotune() -> None:
    """Its parent's description shows ranges and retries that the child leaves open."""
    child = copy.deepcopy(BASE)
    autotune(eta="0.2", gamma="1")(child)
    parent = as_parent(child)
    assert "AutoParameters" not in ranges(parent)
    assert "RetryStrategy" in definition(parent)
    assert planning_refuses(child, parent, "IdenticalDataAndAlgorithm") == []
    assert sagemaker_refuses(child, parent, "IdenticalDataAndAlgorithm") == []


def plan_refuses(document: Job, parent: Job, times: int = 1) -> list[str]:
    """An execution input that names the parent so many times."""
    names = [{"HyperParameterTuningJobName": PARENT}] * times
    start = {"ParentHyperParameterTuningJobs": names, "WarmStartType": "TransferLearning"}
    data = store()
    data.tuning_jobs = {PARENT: parent}
    try:
        plan({**document, "WarmStartConfig": start}, data=data)
    except InvalidInput as refusal:
        return [str(refusal)]
    return []


# What every strategy searches: only Linear Learner has both categories and a metric an epoch.
CATEGORIES: Job = {
    "Algorithm": "linear-learner",
    "StaticHyperParameters": {"predictor_type": "binary_classifier", "epochs": "9"},
    "HyperParameterTuningJobObjective": {"MetricName": "validation:objective_loss"},
    "ParameterRanges": {"use_bias": {"Values": ["true", "false"]}},
    "ResourceLimits": {"MaxNumberOfTrainingJobs": 2, "MaxParallelTrainingJobs": 2},
}
STRATEGIES = ("Bayesian", "Random", "Grid", "Hyperband")


@pytest.mark.parametrize("parent_strategy", STRATEGIES)
@pytest.mark.parametrize("strategy", STRATEGIES)
def test_bayesian_and_random_learn_from_every_strategy_and_no_other_does(
    strategy: str, parent_strategy: str
) -> None:
    document = {**CATEGORIES, "Strategy": strategy}
    child = plan(document)["TuningJob"]
    parent = as_parent(plan({**CATEGORIES, "Strategy": parent_strategy})["TuningJob"])
    learns = strategy in ("Bayesian", "Random")
    assert (not plan_refuses(document, parent)) == learns
    assert (not sagemaker_refuses(child, parent, "TransferLearning")) == learns


@pytest.mark.parametrize(("training_jobs", "fits"), [(400, True), (740, False)])
def test_a_parent_named_twice_counts_once(training_jobs: int, fits: bool) -> None:
    child = plan()["TuningJob"]
    parent = as_parent(child, TrainingJobStatusCounters={"Completed": training_jobs})
    assert (not plan_refuses({}, parent, times=2)) == fits
    assert (not sagemaker_refuses(child, parent, "TransferLearning", times=2)) == fits
