"""The exit code that tells how an execution has ended well; docs/decisions/0032-exit-codes.md."""

import typer

from retune.executions.execution import Execution

OUTCOME_CODES = {
    "Deployed": 0,
    "RolledBack": 0,
    "Imported": 0,
    "KeptChampion": 10,
    "NotApproved": 11,
    "DryRun": 12,
    "Skipped": 13,
    "OverBudget": 14,
    "ScalingFailed": 15,
}


def end_with_code_of(execution: Execution) -> None:
    """Ends the command with the code of a successful execution's outcome, if that is not 0."""
    code = OUTCOME_CODES[execution.output["Outcome"]]
    if code:
        raise typer.Exit(code)
