"""Whether the parents of a warm start fit, before the tuning job is created.

The rules are those of "Run a warm start hyperparameter tuning job" in the developer guide. Parents
are not recursive: their own parents do not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tuning.errors import Fault, InvalidInput
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.warm_start import WarmStartConfig, WarmStartType
from tuning.planning.warm_start_rules import misfits, total_jobs_misfit
from tuning.request_types import TuningJobAnswer, TuningJobRequest, WarmStartRequest
from tuning.variables.warm_start import WarmStartOutcome


class TuningJobReader(Protocol):
    """Reads tuning jobs; the module tuning.aws.tuning_jobs is one."""

    def describe_tuning_job(self, name: str) -> TuningJobAnswer | None: ...

    def latest_tuning_jobs(self, prefix: str, count: int) -> list[str]: ...


@dataclass(frozen=True)
class WarmStart:
    """What came of WarmStartConfig: parents, a reason for none, or neither when it is not given."""

    parents: Sequence[str] = ()
    type: WarmStartType = "TransferLearning"
    cold_start_reason: str | None = None

    def to_sagemaker(self) -> WarmStartRequest | None:
        """The member of the request; None for a cold start."""
        if not self.parents:
            return None
        return {
            "ParentHyperParameterTuningJobs": [
                {"HyperParameterTuningJobName": name} for name in self.parents
            ],
            "WarmStartType": self.type,
        }

    def outcome(self) -> WarmStartOutcome | None:
        """For the plan and the summary; None when nobody asked for a warm start."""
        if self.cold_start_reason:
            return WarmStartOutcome(started="Cold", reason=self.cold_start_reason)
        parents = tuple(self.parents)
        return WarmStartOutcome(started="Warm", parents=parents) if parents else None


def find_parents(
    run: ExecutionInput, request: TuningJobRequest, jobs: TuningJobReader, name_prefix: str
) -> WarmStart:
    """The parents to start from; `request` is the tuning job to come.

    Raises:
        InvalidInput: when parents do not fit and the input does not allow a cold start.
    """
    config = run.warm_start_config
    if config is None:
        return WarmStart()
    names = _parent_names(config, jobs, name_prefix)
    faults = list(_faults(config, names, request, jobs))
    if not faults:
        return WarmStart(names, config.warm_start_type)
    if config.on_incompatible == "Fail":
        raise InvalidInput(faults)
    return WarmStart(cold_start_reason=" ".join(fault.rule for fault in faults))


def _parent_names(config: WarmStartConfig, jobs: TuningJobReader, prefix: str) -> list[str]:
    """Each parent once, however often it is named: its training jobs ran once."""
    if config.latest_parents is not None:
        return jobs.latest_tuning_jobs(f"{prefix}-", config.latest_parents)
    named = config.parent_hyper_parameter_tuning_jobs or ()
    return list(dict.fromkeys(parent.hyper_parameter_tuning_job_name for parent in named))


def _faults(
    config: WarmStartConfig, names: Sequence[str], request: TuningJobRequest, jobs: TuningJobReader
) -> list[Fault]:
    cold = 'Set WarmStartConfig.OnIncompatible to "ColdStart" to tune without parents'
    if not names:
        rule = "There is no earlier tuning job of this app that has ended."
        return [Fault("WarmStartConfig.LatestParents", config.latest_parents, rule, f"{cold}.")]
    found, described = [], []
    for name in names:
        parent = jobs.describe_tuning_job(name)
        rules = [f"There is no tuning job {name}."]
        if parent is not None:
            described.append(parent)
            rules = list(misfits(request, parent, config.warm_start_type))
        found += [(name, rule) for rule in rules]
    found += [(", ".join(names), rule) for rule in total_jobs_misfit(request, described)]
    field = "WarmStartConfig.ParentHyperParameterTuningJobs"
    return [Fault(field, name, rule, f"Name another parent. {cold}.") for name, rule in found]
