"""The rows of all channels against their format, the algorithm and the objective."""

from __future__ import annotations

from collections.abc import Sequence

from tuning.algorithms.algorithm import Algorithm
from tuning.data.channel_sample import ChannelSample
from tuning.data.checked import Checked
from tuning.data.column_warnings import column_warnings
from tuning.data.content_faults import content_faults
from tuning.data.csv_faults import CsvRules, csv_faults
from tuning.data.csv_warnings import csv_warnings
from tuning.data.data_format import DataFormat
from tuning.data.label_rules import LabelRule, find_label_rule
from tuning.data.libsvm_faults import check_libsvm
from tuning.data.parquet_faults import check_parquet
from tuning.data.ranking_warnings import ranking_warnings
from tuning.data.recordio_faults import check_recordio
from tuning.data.shared_rows import shared_rows
from tuning.data.shifted_columns import shifted_columns
from tuning.execution_input.channel import TRAIN
from tuning.execution_input.execution_input import ExecutionInput


def check_rows(
    run: ExecutionInput, algorithm: Algorithm, channels: Sequence[ChannelSample]
) -> Checked:
    """Nothing for a content type that no built-in algorithm knows."""
    data_format = DataFormat.of(run.content_type)
    if data_format is None:
        return Checked()
    readable = {DataFormat.of(each) for each in algorithm.content_types}
    checked = Checked()
    sound = []
    for channel in channels:
        faults = [
            fault
            for piece in channel.pieces
            for fault in content_faults(
                piece, data_format, readable, skips_mark=algorithm.skips_byte_order_mark
            )
        ]
        checked.faults.extend(faults)
        if not faults:
            sound.append(channel)
    static = run.static_hyper_parameters
    rules = CsvRules(
        label_rule(run, algorithm),
        algorithm.missing_values,
        algorithm.separators,
        weighted=static.get("csv_weights") == "1",
    )
    found = _of_format(data_format, sound, rules)
    checked.faults.extend(found.faults)
    if not checked.faults:
        checked.warnings.extend(found.warnings)
        checked.warnings.extend(shared_rows(sound, data_format))
        if algorithm.objective(static).startswith("rank:"):
            checked.warnings.extend(ranking_warnings(sound, data_format))
    return checked


def _of_format(
    data_format: DataFormat, channels: Sequence[ChannelSample], rules: CsvRules
) -> Checked:
    if data_format is DataFormat.LIBSVM:
        return check_libsvm(channels, rules.label_rule)
    if data_format is DataFormat.RECORDIO:
        return check_recordio(channels, rules.label_rule)
    if data_format is DataFormat.PARQUET:
        return check_parquet(channels, rules.label_rule)
    faults = [*csv_faults(channels, rules)]
    if faults:
        return Checked(faults)
    train = [channel for channel in channels if channel.name == TRAIN]
    return Checked(
        warnings=[
            *csv_warnings(channels),
            *shifted_columns(channels),
            *(warning for channel in train for warning in column_warnings(channel)),
        ]
    )


def label_rule(run: ExecutionInput, algorithm: Algorithm) -> LabelRule | None:
    """The rule for the labels of a run."""
    static = run.static_hyper_parameters
    version = algorithm.known_version(run.algorithm_version)
    name = algorithm.label_rule(algorithm.objective(static), version)
    return find_label_rule(name, static.get(algorithm.classes_hyperparameter))
