"""Values that the container takes and that no training job of it survives, in the library's words.

Measured with xgboost 3.0.5: a base_score out of the objective's range is refused, or makes every
prediction nothing or 0. survival:aft wants two bounds for each label, and no format of a channel
has them. gpu_hist needs a GPU.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from tuning.algorithms.valid_range import ValidRange, number
from tuning.errors import Fault
from tuning.execution_input.execution_input import ExecutionInput

FIELD = "StaticHyperParameters"
_BASE_SCORES = {
    **dict.fromkeys(("binary:logistic", "reg:logistic"), ValidRange.parse("(0, 1)")),
    **dict.fromkeys(
        ("count:poisson", "reg:gamma", "reg:tweedie", "survival:cox"),
        ValidRange.parse("(0, inf)"),
    ),
}
_GPU_INSTANCES = ("ml.p*", "ml.g*")


def check(run: ExecutionInput) -> Iterator[Fault]:
    """Faults of XGBoost's StaticHyperParameters with which every training job would fail."""
    if run.algorithm != "xgboost":
        return
    static = run.static_hyper_parameters
    objective = static.get("objective", "")
    if objective == "survival:aft":
        rule = "It never trains: it needs a lower and an upper bound of each label, and no channel"
        fix = "Use survival:cox, whose labels of censored rows are negative."
        yield Fault(f"{FIELD}.objective", objective, f"{rule} can hold them.", fix)
    base_score, taken = static.get("base_score", ""), _BASE_SCORES.get(objective)
    value = number(base_score)
    if value is not None and taken and value not in taken:
        rule = f"It never trains: for {objective} it must be {taken}."
        yield Fault(f"{FIELD}.base_score", base_score, rule, "Leave it out, or use 0.5.")
    if static.get("tree_method") == "gpu_hist":
        yield from _check_gpus(run)


def _check_gpus(run: ExecutionInput) -> Iterator[Fault]:
    several = run.hyper_parameter_tuning_resource_config
    configs = several.instance_configs if several else [run.resource_config]
    without = [
        config.instance_type
        for config in configs
        if not any(fnmatchcase(config.instance_type, pattern) for pattern in _GPU_INSTANCES)
    ]
    if without:
        rule = f"It never trains on {without[0]}, which has no GPU."
        fix = "Set tree_method to hist, or InstanceType to one with a GPU, such as ml.g4dn.xlarge."
        yield Fault(f"{FIELD}.tree_method", "gpu_hist", rule, fix)
