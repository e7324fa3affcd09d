"""Values of hyperparameters: checks refuse what the container would refuse, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from local_sagemaker.containers.errors import UserError
from local_sagemaker.containers.linear_learner.hyperparameter_table import TABLE
from local_sagemaker.containers.ranges import Hyperparameter as Row
from local_sagemaker.containers.xgboost import hyperparameters as xgboost
from local_sagemaker.containers.xgboost.versions import ContainerVersion
from tuning.algorithms.algorithm import Hyperparameter, algorithm_names, load_algorithm
from tuning.checks.check_input import check_input
from tuning.errors import InvalidInput

TEXTS = ("auto", "true", "True", "TRUE", "none", "", "1e3", "1.0", "1.5", " 1", "0x1", "-")
PYTHONS_OWN = ("1_0", "\u0661")  # numbers to the container's Python and to nothing of SageMaker's
LISTS = {
    "metrics": ("auc", "auc,error", "auc, error", "auc,", "error@0.3", "error@x", "auc@1", "ap"),
    "names": ("refresh", "refresh,prune", "refresh,,prune", "grow_quantile_histmaker"),
    "directions": ("(1,0,-1)", "(1,)", "()", "1,0", "(1)", "[1,0]", "(2,)", "(1,'a')", "(1"),
    "groups": ("[[1,2],[3]]", "[]", "[[]]", "[[0,1]]", "(1,2)", "[[1,2]", "1"),
}
STEP = Decimal("0.001")
VERSIONS = [(name, v) for name in algorithm_names() for v in load_algorithm(name).versions]
# What a training job takes and Retune does not offer.
NOT_OFFERED = {
    "nan": "no model is trained with it",
    "inf": "no model is trained with it",
    "grow_local_histmaker": "gone since 1.7",
    "single_precision_histogram": "gone since 1.7",
    "_kvstore": "the container's own",
    "_num_gpus": "the container's own",
    "_num_kv_servers": "the container's own",
    "_log_level": "the container's own",
    "_enable_profiler": "the container's own",
    "_tuning_objective_metric": "SageMaker's own: tuning sets it",
}


def rows(algorithm: str, version: str) -> dict[str, Row]:
    """The container's table."""
    if algorithm == "xgboost":
        return xgboost.table(ContainerVersion(version))
    return TABLE


def texts(known: Hyperparameter) -> Iterator[str]:
    """Words, choices, and numbers at, just within and just outside of every bound."""
    yield from TEXTS
    yield from LISTS.get(known.list_of or "", ())
    for word in (*known.choices, *known.words, *known.members):
        yield from (word, f"{word}x", word.upper())
    if known.range:
        for bound in (known.range.low, known.range.high):
            near = (bound, bound - 1, bound + 1, bound - STEP, bound + STEP)
            yield from (str(number) for number in near if number.is_finite())


def is_refused(algorithm: str, version: str, name: str, text: str) -> bool:
    """Whether the checks have a fault of this value by itself."""
    default = load_algorithm(algorithm).default_input["StaticHyperParameters"]
    document = {
        "Algorithm": algorithm,
        "AlgorithmVersion": version,
        "StaticHyperParameters": {**default, name: text},
    }
    try:
        check_input(document, name_prefix="retune")
    except InvalidInput as refusal:
        found = [f for f in refusal.faults if f.field == f"StaticHyperParameters.{name}"]
        together = ("needs it", "has a range in ParameterRanges too", "never trains")
        return any(not any(words in fault.rule for words in together) for fault in found)
    return False


def fails_training(row: Row, text: str) -> bool:
    try:
        row.check(row.read(text))
    except UserError:
        return True
    return False


@pytest.mark.parametrize(("algorithm", "version"), VERSIONS)
def test_checks_and_container_agree_on_every_value(algorithm: str, version: str) -> None:
    table, differences = rows(algorithm, version), []
    for name, known in load_algorithm(algorithm).hyperparameters.items():
        for text in dict.fromkeys(texts(known)):
            checked = is_refused(algorithm, version, name, text)
            trained = name not in table or fails_training(table[name], text)
            if checked != trained:
                differences.append((name, text, "refused" if checked else "accepted"))
    assert differences == []


@pytest.mark.parametrize("text", PYTHONS_OWN)
def test_number_of_pythons_own_is_refused_though_the_container_takes_it(text: str) -> None:
    for algorithm, version in VERSIONS:
        table = rows(algorithm, version)
        numbers = [name for name in ("num_round", "epochs") if name in table]
        assert not any(fails_training(table[name], text) for name in numbers)
        assert all(is_refused(algorithm, version, name, text) for name in numbers)


@pytest.mark.parametrize(("algorithm", "version"), VERSIONS)
def test_checks_know_every_hyperparameter_of_the_container(algorithm: str, version: str) -> None:
    known = load_algorithm(algorithm).hyperparameters.keys()
    assert rows(algorithm, version).keys() - known - NOT_OFFERED.keys() == set()


@pytest.mark.parametrize("text", NOT_OFFERED)
def test_what_retune_does_not_offer_is_refused(text: str) -> None:
    assert is_refused("xgboost", "3.0-5", text, "true")
    for name in ("gamma", "num_round", "updater", "eval_metric"):
        assert is_refused("xgboost", "3.0-5", name, text)
