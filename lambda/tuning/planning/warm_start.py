"""Whether the parents of a warm start fit, before the tuning job is created.

The rules are those of "Run a warm start hyperparameter tuning job" in the developer guide. Parents
are not recursive: their own parents do not count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from tuning.checks.warm_start import obstacle
from tuning.errors import Fault, InvalidInput
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.known_algorithm import algorithm_of
from tuning.execution_input.warm_start import WarmStartConfig, WarmStartType
from tuning.planning.adapted_ranges import Adapted, Parent, adapt
from tuning.planning.automatic_parents import choose_parents
from tuning.planning.warm_start_rules import misfits, total_jobs_misfit
from tuning.request_types import TuningJobAnswer, TuningJobRequest, WarmStartRequest
from tuning.trials.trials import Trial
from tuning.variables.last_run import EndpointTuningJob
from tuning.variables.warm_start import WarmStartOutcome


class TuningJobReader(Protocol):
    """Reads tuning jobs; the module tuning.aws.tuning_jobs is one."""

    def describe_tuning_job(self, name: str) -> TuningJobAnswer | None: ...

    def read_trials(self, tuning_job_name: str, secrets: Sequence[str]) -> list[Trial]: ...

    def latest_tuning_jobs(self, prefix: str, count: int) -> list[str]: ...

    def endpoint_tuning_jobs(
        self, bucket: str, endpoint_name: str
    ) -> Sequence[EndpointTuningJob]: ...


@dataclass(frozen=True)
class Origin:
    """Whose run it is: of an app, which owns a bucket, for an endpoint, and on which data.

    `data` is their digest; None when there are too many objects to look at.
    """

    name_prefix: str
    bucket: str
    endpoint_name: str
    data: str | None


@dataclass(frozen=True)
class WarmStart:
    """What came of WarmStartConfig: parents, a reason for none, or neither when it is not given."""

    parents: Sequence[TuningJobAnswer] = ()
    type: WarmStartType = "TransferLearning"
    cold_start_reason: str | None = None
    left_out: Sequence[str] = ()
    adapted: Adapted | None = None  # None: the ranges are those of the input

    @property
    def names(self) -> list[str]:
        """The parents' names."""
        return [parent["HyperParameterTuningJobName"] for parent in self.parents]

    def to_sagemaker(self) -> WarmStartRequest | None:
        """The member of the request; None for a cold start."""
        if not self.parents:
            return None
        return {
            "ParentHyperParameterTuningJobs": [
                {"HyperParameterTuningJobName": name} for name in self.names
            ],
            "WarmStartType": self.type,
        }

    def outcome(self) -> WarmStartOutcome | None:
        """For the plan and the summary; None when nobody asked for a warm start."""
        left_out = tuple(self.left_out)
        if self.cold_start_reason:
            return WarmStartOutcome(
                started="Cold", reason=self.cold_start_reason, left_out=left_out
            )
        if not self.parents:
            return None
        return WarmStartOutcome(
            started="Warm",
            parents=tuple(self.names),
            warm_start_type=self.type,
            left_out=left_out,
            adapted_ranges=self.adapted.changes if self.adapted else (),
            ranges_kept=self.adapted.kept if self.adapted else None,
        )


def find_parents(
    run: ExecutionInput, request: TuningJobRequest, jobs: TuningJobReader, origin: Origin
) -> WarmStart:
    """The parents to start from, and what ranges to search with them.

    `request` is the tuning job to come, without either.

    Raises:
        InvalidInput: when parents do not fit and the input does not allow a cold start.
    """
    config = run.warm_start_config
    if config is None:
        return WarmStart()
    found = _parents(run, config, request, jobs, origin)
    if not config.adapt_ranges or not found.parents:
        return found
    return replace(found, adapted=_adapted(run, request, found, jobs))


def _parents(
    run: ExecutionInput,
    config: WarmStartConfig,
    request: TuningJobRequest,
    jobs: TuningJobReader,
    origin: Origin,
) -> WarmStart:
    if config.is_automatic:
        return _automatic(run, request, jobs, origin)
    names = _parent_names(config, jobs, origin.name_prefix)
    described = {name: jobs.describe_tuning_job(name) for name in names}
    faults = list(_faults(config, request, described))
    if not faults:
        return WarmStart(list(filter(None, described.values())), _type(config))
    if config.on_incompatible == "Fail":
        raise InvalidInput(faults)
    return WarmStart(cold_start_reason=" ".join(fault.rule for fault in faults))


def _automatic(
    run: ExecutionInput, request: TuningJobRequest, jobs: TuningJobReader, origin: Origin
) -> WarmStart:
    """Nobody has asked for these parents by name, so that what does not fit is no fault."""
    never = obstacle(run)
    if never:
        return WarmStart(cold_start_reason=never)
    earlier = jobs.endpoint_tuning_jobs(origin.bucket, origin.endpoint_name)
    choice = choose_parents(earlier, request, origin.data, jobs)
    reason = None
    if not choice.parents:
        reason = (
            f"None of the earlier tuning jobs for the endpoint {origin.endpoint_name} fits."
            if earlier
            else f"No earlier tuning job for the endpoint {origin.endpoint_name} is known."
        )
    return WarmStart(choice.parents, choice.type, reason, choice.left_out)


def _adapted(
    run: ExecutionInput, request: TuningJobRequest, found: WarmStart, jobs: TuningJobReader
) -> Adapted:
    parents = [
        Parent(
            parent["HyperParameterTuningJobConfig"],
            jobs.read_trials(parent["HyperParameterTuningJobName"], secrets=()),
        )
        for parent in found.parents
    ]
    known = algorithm_of(run).hyperparameters
    valid = {name: each.range for name, each in known.items() if each.range is not None}
    ranges: Any = request["HyperParameterTuningJobConfig"].get("ParameterRanges", {})
    return adapt(ranges, parents, valid, run.resource_limits.max_number_of_training_jobs)


def _parent_names(config: WarmStartConfig, jobs: TuningJobReader, prefix: str) -> list[str]:
    """Each parent once, however often it is named: its training jobs ran once."""
    if config.latest_parents is not None:
        return jobs.latest_tuning_jobs(prefix, config.latest_parents)
    named = config.parent_hyper_parameter_tuning_jobs
    assert isinstance(named, list), "one of the two is given"
    return list(dict.fromkeys(parent.hyper_parameter_tuning_job_name for parent in named))


def _type(config: WarmStartConfig) -> WarmStartType:
    assert config.warm_start_type, "only Auto goes without"
    return config.warm_start_type


def _faults(
    config: WarmStartConfig,
    request: TuningJobRequest,
    described: Mapping[str, TuningJobAnswer | None],
) -> list[Fault]:
    cold = 'Set WarmStartConfig.OnIncompatible to "ColdStart" to tune without parents'
    if not described:
        rule = "There is no earlier tuning job of this app that has ended."
        return [Fault("WarmStartConfig.LatestParents", config.latest_parents, rule, f"{cold}.")]
    found = []
    for name, parent in described.items():
        rules = [f"There is no tuning job {name}."]
        if parent is not None:
            rules = list(misfits(request, parent, _type(config)))
        found += [(name, rule) for rule in rules]
    known = list(filter(None, described.values()))
    found += [(", ".join(described), rule) for rule in total_jobs_misfit(request, known)]
    field = "WarmStartConfig.ParentHyperParameterTuningJobs"
    return [Fault(field, name, rule, f"Name another parent. {cold}.") for name, rule in found]
