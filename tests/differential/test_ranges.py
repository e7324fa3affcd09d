"""Ranges to tune: checks refuse what SageMaker or the container would refuse, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import cycle, product
from typing import Any

import pytest
from local_sagemaker.sagemaker.algorithms.builtin_algorithm import BuiltInAlgorithm
from local_sagemaker.sagemaker.algorithms.builtin_images import find_builtin
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.tuning.range_rules import check_range
from tuning.algorithms.algorithm import Hyperparameter, algorithm_names, load_algorithm
from tuning.algorithms.images import image_uri
from tuning.checks.check_input import check_input
from tuning.errors import InvalidInput
from tuning.execution_input.search_space import SearchSpace

from tests.differential.test_hyperparameter_values import fails_training, rows

Range = dict[str, Any]
SCALES = ("Auto", "Linear", "Logarithmic", "ReverseLogarithmic")
TEXTS = ("0", "0.5", "2", "-1", "x")
STEP = Decimal("0.001")


def service(algorithm: str) -> BuiltInAlgorithm:
    """What SageMaker knows of the algorithm of an image."""
    version = load_algorithm(algorithm).default_version
    found = find_builtin(image_uri(algorithm, version, "eu-west-1"))
    assert found is not None
    return found


def tunable(algorithm: str) -> list[Hyperparameter]:
    known = load_algorithm(algorithm)
    return [known.hyperparameters[name] for name in known.tunable]


def ranges(known: Hyperparameter) -> Iterator[Range]:
    """Ranges from and to every bound, its neighbours and some texts; lists of some choices."""
    if known.tuned_as == "Categorical":
        for values in (known.choices, known.choices[:1], ("x",), (*known.choices, "True")):
            yield {"Values": list(values)}
        return
    ends = dict.fromkeys(TEXTS)
    if known.range:
        bounds = [bound for bound in (known.range.low, known.range.high) if bound.is_finite()]
        ends |= dict.fromkeys(str(bound + step) for bound in bounds for step in (-STEP, 0, STEP))
    for (low, high), scale in zip(product(ends, ends), cycle(SCALES), strict=False):
        yield {"MinValue": low, "MaxValue": high, "ScalingType": scale}


def sent(algorithm: str, name: str, range_: Range) -> SearchSpace | None:
    """What is sent of the range; None when the checks refuse it."""
    try:
        run = check_input(
            {
                "Algorithm": algorithm,
                "ParameterRanges": {name: range_},
                # One of several different training jobs, whatever the range holds.
                "ResourceLimits": {"MaxNumberOfTrainingJobs": 1},
            },
            name_prefix="retune",
        )
    except InvalidInput as refusal:
        nothing = [fault for fault in refusal.faults if fault.rule == "There is nothing to tune."]
        return SearchSpace((), (), (), {}) if len(nothing) == len(refusal.faults) else None
    return SearchSpace.of(run, load_algorithm(algorithm))


def is_taken(algorithm: str, kind: str, entry: Range) -> bool:
    try:
        check_range(entry, kind, service(algorithm))
    except ValidationException:
        return False
    return True


def trains(algorithm: str, name: str, range_: Range) -> bool:
    """Whether the container takes what tuning would try first and last."""
    row = rows(algorithm, load_algorithm(algorithm).default_version)[name]
    texts = range_.get("Values") or [range_["MinValue"], range_["MaxValue"]]
    return not any(fails_training(row, text) for text in texts)


CASES = [(name, known) for name in algorithm_names() for known in tunable(name)]
IDS = [f"{name} {known.name}" for name, known in CASES]


@pytest.mark.parametrize(("algorithm", "known"), CASES, ids=IDS)
def test_checks_and_sagemaker_agree_on_every_range(algorithm: str, known: Hyperparameter) -> None:
    """A range of one value is no range to SageMaker, so that only the container is asked."""
    differences = []
    for range_ in ranges(known):
        space = sent(algorithm, known.name, range_)
        if space is None:
            entry = {"Name": known.name, **range_}
            kind = known.tuned_as or ""
            if is_taken(algorithm, kind, entry) and trains(algorithm, known.name, range_):
                differences.append(("refused", range_))
            continue
        kinds: dict[str, Sequence[Any]] = {
            "Integer": space.integer,
            "Continuous": space.continuous,
            "Categorical": space.categorical,
        }
        for kind, entries in kinds.items():
            differences += [("sent", e) for e in entries if not is_taken(algorithm, kind, e)]
    assert differences == []


@pytest.mark.parametrize("algorithm", algorithm_names())
def test_the_same_hyperparameters_are_tunable_by_the_same_kind_of_range(algorithm: str) -> None:
    ours = {known.name: known.tuned_as for known in tunable(algorithm)}
    assert ours == {name: found.type for name, found in service(algorithm).tunables.items()}


@pytest.mark.parametrize("algorithm", algorithm_names())
def test_the_same_ranges_are_recommended(algorithm: str) -> None:
    for known in tunable(algorithm):
        theirs = service(algorithm).tunables[known.name]
        if known.tuned_as == "Categorical":
            assert known.choices == theirs.choices
        else:
            assert tuple(map(float, known.recommended)) == theirs.recommended, known.name


@pytest.mark.parametrize("algorithm", algorithm_names())
def test_the_same_metrics_are_reported_after_each_epoch(algorithm: str) -> None:
    for metric in load_algorithm(algorithm).metrics.values():
        assert metric.at_end != service(algorithm).reports_every_epoch(metric.name), metric.name
