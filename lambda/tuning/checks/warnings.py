"""Warnings: what SageMaker would take, but the person most likely did not mean.

They stand in the plan and the summary and stop nothing.
"""

from __future__ import annotations

from tuning.checks.evaluation import find_obstacle
from tuning.errors import Fault
from tuning.execution_input.channel import TEST
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.known_algorithm import algorithm_of
from tuning.execution_input.parameter_ranges import NumericRange


def input_warnings(run: ExecutionInput) -> list[Fault]:
    """Warnings about the document. Those about the data come from tuning.data.csv_warnings."""
    of_definitions = [
        warning
        for _, alone in run.definitions
        for warning in (*_stopped_jobs_without_model(alone), *_ranges_in_the_wrong_list(alone))
    ]
    return [*of_definitions, *_unused_approval_timeout(run)]


def unproven_warnings(run: ExecutionInput, test_channel: str | None) -> list[Fault]:
    """That nothing is proved where no model is scored on held-out data."""
    harm = "So nothing is proved: the best of tuning is deployed, better than what serves or not."
    obstacle = find_obstacle(run, algorithm_of(run))
    if obstacle:
        fix = "Set Approval to Manual, and compare them yourself."
        fault = Fault("Approval", run.approval, f"{obstacle} {harm}", fix)
        return [fault] if run.approval == "Automatic" else []
    if test_channel:
        return []
    place = "name it here" if run.channels else "upload it to data/test/ of the data bucket"
    fix = f"Split some off with `retune split`, and {place}."
    return [Fault(f"Channels.{TEST}", None, f"No rows are held out from tuning. {harm}", fix)]


def _stopped_jobs_without_model(run: ExecutionInput) -> list[Fault]:
    keep = algorithm_of(run).stopped_jobs_keep_their_model_with if run.may_stop_early else {}
    return [
        Fault(
            f"StaticHyperParameters.{name}",
            run.static_hyper_parameters[name],
            "A training job that tuning stops early then leaves no model, even the best.",
            f"Set it to {value}, or leave it out.",
        )
        for name, value in keep.items()
        if run.static_hyper_parameters.get(name, value) != value
    ]


def _unused_approval_timeout(run: ExecutionInput) -> list[Fault]:
    asked = "approval_timeout_in_seconds" in run.model_fields_set
    if not asked or run.approval == "Manual":
        return []
    rule = "Nothing waits for a person: Approval is Automatic."
    fix = "Set Approval to Manual, or leave it out."
    return [Fault("ApprovalTimeoutInSeconds", run.approval_timeout_in_seconds, rule, fix)]


def _ranges_in_the_wrong_list(run: ExecutionInput) -> list[Fault]:
    known = algorithm_of(run).hyperparameters
    return [
        Fault(
            f"ParameterRanges.{name}",
            f"{range_.type}ParameterRanges",
            f"SageMaker tunes {name} as {known[name].tuned_as}, and so it is sent.",
            f"Move it to {known[name].tuned_as}ParameterRanges.",
        )
        for name, range_ in run.parameter_ranges.items()
        if isinstance(range_, NumericRange)
        and range_.type not in (None, known[name].searched_as(range_.type))
    ]
