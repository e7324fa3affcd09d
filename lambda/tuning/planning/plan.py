"""The plan of a run, from its input and what there is: the state machine carries it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from tuning.checks.check_input import check_input
from tuning.checks.warnings import input_warnings, unproven_warnings
from tuning.data.channel_data import DataReader, Inspection, inspect_channels
from tuning.data.feature_columns import RangeReader
from tuning.data.s3_location import S3Location
from tuning.data.table_objects import inspect_table
from tuning.environment import PlanningEnvironment
from tuning.errors import Fault, InvalidInput, MissingData
from tuning.execution_input.channel import TEST, Channel
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.known_algorithm import algorithm_of
from tuning.execution_input.pasted_request import left_out_of
from tuning.execution_input.requirements import Requirements
from tuning.names import Execution
from tuning.planning.earlier_winner import check_earlier_winner
from tuning.planning.fingerprint import ChannelReader, fingerprint
from tuning.planning.held_out import find_test_channel
from tuning.planning.interface import interface_of
from tuning.planning.planner import Planner
from tuning.planning.preparation import preparation, with_channels
from tuning.planning.prepared_table import (
    ROW_BYTES,
    DescriptionReader,
    find_prepared_table,
)
from tuning.planning.warm_start import TuningJobReader, WarmStart, find_parents
from tuning.prices.price_list import Ask, nobody
from tuning.variables.last_run import Fingerprint
from tuning.variables.plan import Plan


class Reader(DataReader, ChannelReader, RangeReader, DescriptionReader, Protocol):
    """Reads S3; the module tuning.aws.objects is one."""


def checked(
    document: Mapping[str, Any],
    environment: PlanningEnvironment,
    execution: Execution,
    ask: Ask = nobody,
) -> ExecutionInput:
    """The input that a document stands for in this deployment; InvalidInput has its faults."""
    return check_input(
        document,
        name_prefix=environment.name_prefix,
        region=execution.region,
        account=execution.account,
        image_repositories=environment.image_repositories,
        defaults=environment.default_input,
        required=Requirements.model_validate(environment.required),
        ask=ask,
    )


def plan_run(
    document: Mapping[str, Any],
    environment: PlanningEnvironment,
    execution: Execution,
    data: Reader,
    jobs: TuningJobReader,
    ask: Ask = nobody,
    prepared: Fingerprint | None = None,
) -> Plan:
    """The plan for an execution input, which is laid over the deployed defaults.

    `ask` is asked for prices that the price table does not have. With Prepare it is the plan up to
    the processing job, until that has `prepared` the channels of a table with this fingerprint.

    Raises:
        InvalidInput: with every fault of the document, of the data or of the parents it names.
        MissingData: when a channel has none.
    """
    run = checked(document, environment, execution, ask)
    left_out = left_out_of(document)
    if run.prepare is None:
        planner = _planner_of_data(run, environment, execution, data, ask)
        return _plan_on_data(planner, data, jobs, left_out)
    made = with_channels(run, environment.bucket, execution)
    planner = _planner(made, environment, execution, data, ask)
    if prepared:
        return _plan_on_data(planner, data, jobs, left_out, prepared)
    table = inspect_table(run.prepare, environment.bucket, data)
    read = fingerprint(run, [table], data)
    return _plan_up_to_data(planner, jobs, read, left_out)


def _planner(
    run: ExecutionInput,
    environment: PlanningEnvironment,
    execution: Execution,
    data: Reader,
    ask: Ask,
) -> Planner:
    test = find_test_channel(run, algorithm_of(run), environment.bucket, data)
    return Planner(run, environment, execution, test, ask)


def _planner_of_data(
    run: ExecutionInput,
    environment: PlanningEnvironment,
    execution: Execution,
    data: Reader,
    ask: Ask,
) -> Planner:
    """Where there must be a test channel and is none, faults of the other channels are told too."""
    try:
        return _planner(run, environment, execution, data, ask)
    except InvalidInput as refused:
        try:
            _inspect(Planner(run, environment, execution, None, ask), data)
        except InvalidInput as others:
            raise InvalidInput([*refused.faults, *others.faults]) from None
        except MissingData as missing:
            raise MissingData(f"{refused}\n{missing}") from None
        raise


def _inspect(planner: Planner, data: Reader) -> list[Inspection]:
    """Of each definition's channels, and of those that the winner is trained on again."""
    run, test = planner.run, planner.test_channel
    held_out = {TEST: Channel.at(test)} if test else {}
    seen = [
        inspect_channels(alone, planner.channels_of(alone) | held_out, data)
        for _, alone in run.definitions
    ]
    if run.retrain:
        seen.append(inspect_channels(run, planner.retrain_channels, data, field="Retrain.Channels"))
    return seen


def _plan_up_to_data(
    planner: Planner, jobs: TuningJobReader, read: Fingerprint, left_out: Sequence[Fault]
) -> Plan:
    """Everything that needs no data is checked; where the channels will lie is known."""
    run = planner.run
    if run.earlier_tuning_job:
        check_earlier_winner(run.earlier_tuning_job, planner.tuning_job(), jobs)
    elif run.warm_start_config and not run.warm_start_config.is_automatic:
        find_parents(run, planner.tuning_job(), jobs, planner.origin(read))
    warnings = [*left_out, *input_warnings(run), *unproven_warnings(run, planner.test_channel)]
    sample = S3Location.of(next(iter(planner.channels.values())).s3_uri)
    plan = planner.plan(sample, WarmStart(), warnings, read, None)
    made = preparation(run, planner.environment, planner.execution, planner.tags)
    return plan.model_copy(update={"preparation": made})


def _plan_on_data(
    planner: Planner,
    data: Reader,
    jobs: TuningJobReader,
    left_out: Sequence[Fault],
    read: Fingerprint | None = None,
) -> Plan:
    """`read` is the fingerprint of what the channels were made of, where they were made."""
    run, test = planner.run, planner.test_channel
    seen = _inspect(planner, data)
    trained_on = seen[-1 if run.retrain else 0]
    if test:
        planner.check_test_channel(test, data)
    read = read or fingerprint(run, planner.all_channels, data)
    warm_start = WarmStart()
    if run.earlier_tuning_job:
        check_earlier_winner(run.earlier_tuning_job, planner.tuning_job(), jobs)
    else:
        warm_start = find_parents(run, planner.tuning_job(), jobs, planner.origin(read))
    warnings = [
        *left_out,
        *input_warnings(run),
        *unproven_warnings(run, test),
        *(warning for inspection in seen for warning in inspection.warnings),
    ]
    interface = interface_of(run, trained_on.sample, data)
    field = "Retrain.Channels" if run.larger_channels else "Channels"
    prepared = find_prepared_table(run, planner.retrain_channels, data, planner.report, field)
    if prepared:
        weighted = run.static_hyper_parameters.get("csv_weights") == "1"
        start = data.read_start(trained_on.sample, ROW_BYTES)
        interface = prepared.interface(interface)
        prepared.check_rows(start, others=2 if weighted else 1)
    return planner.plan(seen[0].sample, warm_start, warnings, read, interface, prepared)
