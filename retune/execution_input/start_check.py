"""What `retune check` says to an input, before an execution is started with it."""

from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from configuration.document import Document
from retune.aws import Aws
from retune.aws_faults import explain
from retune.errors import InputError
from retune.execution_input import input_check
from retune.output.terminal import write, write_labelled
from retune.stack import Stack


def check_before_start(aws: Aws, stack: Stack, document: dict[str, Any]) -> None:
    """Tells warnings and what it costs at most.

    Who may start an execution need not be allowed to read all that it reads: then that is told, and
    PlanTuning decides, who knows what is deployed.

    Raises:
        InputError: it would be refused, or its data are missing.
    """
    try:
        found = input_check.check(aws, stack.name, Document("the input", document, {}))
    except (BotoCoreError, ClientError) as fault:
        not_checked, found = [str(explain(fault))], input_check.Findings()
    else:
        not_checked = found.not_checked
    if found.faults and found.is_whole:
        raise InputError("\n".join([*found.faults, "Nothing was started."]))
    for label, color, lines in (
        ("Warning", "yellow", [*found.faults, *found.warnings]),
        ("Not checked", "blue", not_checked),
    ):
        for line in lines:
            write_labelled(label, color, line, err=True)
    if found.cost_bound is not None:
        write(f"Training costs at most: {found.cost_bound.cost}.", err=True)
