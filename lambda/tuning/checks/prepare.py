"""Prepare against the other fields and in itself; the table is looked at later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tuning.data.data_format import DataFormat
from tuning.errors import Fault
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.prepare import Prepare

_ONE = "Give one of the two."


def check(run: ExecutionInput) -> Iterator[Fault]:
    """Faults of Prepare, and of fields that do not go with it."""
    prepare = run.prepare
    if prepare is None:
        return
    if DataFormat.of(run.content_type) is not DataFormat.CSV:
        rule = "The channels that Prepare makes are CSV."
        yield Fault("ContentType", run.content_type, rule, "Use text/csv, or leave it out.")
    if run.larger_channels:
        rule = "Their columns would be other ones than those that Prepare makes of the table."
        uris = [channel.s3_uri for channel in run.larger_channels.values()]
        fix = "Leave it out, and give the larger table as Prepare.Table."
        yield Fault("Retrain.Channels", uris, rule, fix)
    yield from _check_split(prepare)
    yield from _check_columns(prepare)


def _check_split(prepare: Prepare) -> Iterator[Fault]:
    if prepare.group is not None and prepare.time is not None:
        rule = "Prepare.Time splits the rows otherwise, and is given too."
        yield Fault("Prepare.Group", prepare.group, rule, _ONE)
    if prepare.validation + prepare.test >= 1:
        rule = f"With Prepare.Test = {prepare.test:g} no row is left to learn from."
        yield Fault("Prepare.Validation", prepare.validation, rule, "Lower one of the two.")


def _check_columns(prepare: Prepare) -> Iterator[Fault]:
    """What is said of one column must go together."""
    said = {
        "Label": [prepare.label],
        "Drop": prepare.drop,
        "Text": prepare.text,
        "Dates": [*prepare.dates],
    }
    for field, names in said.items():
        for name, count in Counter(names).items():
            others = [other for other in said if other != field and name in said[other]]
            if count > 1:
                rule = f"It names {name!r} more than once."
                yield Fault(f"Prepare.{field}", names, rule, "Name it once.")
            elif others and field == "Drop":
                rule = f"Prepare.{others[0]} needs the column {name!r}."
                yield Fault("Prepare.Drop", names, rule, "Name it in one of them.")
            elif field == "Text" and name in prepare.dates:
                rule = f"Prepare.Dates says that {name!r} has dates."
                yield Fault("Prepare.Text", names, rule, _ONE)
    needed = {"Group": prepare.group, "Time": prepare.time}
    for field, needed_name in needed.items():
        if needed_name is not None and needed_name in prepare.drop:
            rule = "Prepare.Drop leaves it out."
            yield Fault(f"Prepare.{field}", needed_name, rule, "Name it in one of them.")
