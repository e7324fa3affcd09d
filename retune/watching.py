"""Follows an execution to its end and tells how it ended."""

import time

from tuning.report.formats import metric
from tuning.variables.run_cost import RunCost
from tuning.variables.warm_start import WarmStartOutcome

from retune.aws import Aws, is_local
from retune.errors import FailedError
from retune.executions import Execution
from retune.live_view import progress_view
from retune.progress import read_progress
from retune.terminal import Terminal, write

LOCAL_SECONDS, AWS_SECONDS = 1.0, 5.0  # between looks; AWS throttles SageMaker's Describe calls


def watch_execution(aws: Aws, arn: str) -> Execution:
    """Shows the execution until it ends. Ctrl-C ends the watching, not the execution."""
    pause = LOCAL_SECONDS if is_local() else AWS_SECONDS
    try:
        with progress_view(Terminal(stderr=True)) as show:
            while True:
                progress = read_progress(aws, arn)
                show(progress)
                if not progress.execution.is_running:
                    return progress.execution
                time.sleep(pause)
    except KeyboardInterrupt:
        write(
            "\nThe execution goes on. `retune watch` looks at it again; to stop it: "
            f"aws stepfunctions stop-execution --execution-arn {arn}",
            err=True,
        )
        raise


def require_success(execution: Execution) -> None:
    """Raises FailedError with outcome and reason (docs/outcomes.md) unless it succeeded."""
    if not execution.succeeded:
        raise FailedError(f"The execution {execution.name} {ending(execution)}")


def ending(execution: Execution) -> str:
    """`is FAILED: InputRefused` and the reason, as far as Step Functions knows them."""
    head = ": ".join(part for part in (f"is {execution.status}", execution.error) if part)
    return "\n".join(part for part in (head, execution.cause) if part)


def outcome(execution: Execution) -> str:
    """What a successful execution has reached, and the verdict on held-out data or why none."""
    summary = execution.output
    if "Reason" in summary:  # it was skipped, or above the month's budget
        return f"{summary['Outcome']}: {summary['Reason']}"
    found = f"{summary['BestTrainingJob']} with {summary['MetricName']} {metric(summary['Value'])}"
    ending = _ENDINGS[summary["Outcome"]].format(found=found, endpoint=summary["EndpointName"])
    lines = [f"{summary['Outcome']}: {ending}", verdict(execution)]
    if "Cost" in summary:
        lines.append(f"Training has cost {RunCost.parse(summary['Cost']).cost}")
    approval = summary.get("Approval")
    if approval:
        lines.append(f"{approval['ModelApprovalStatus']}: {approval['ApprovalDescription']}")
    return "\n".join(lines)


def verdict(execution: Execution) -> str:
    """`Verdict: ` and what held-out data says of a successful execution's candidate."""
    return f"Verdict: {execution.output['Verdict']['Reason']}"


def warm_start(execution: Execution) -> list[str]:
    """`Warm start: ` and where the search of a successful execution began, what moved and why."""
    document = execution.output.get("WarmStart")
    sentences = WarmStartOutcome.parse(document).sentences if document else []
    return [f"Warm start: {sentence}" for sentence in sentences]


_ENDINGS = {
    "Deployed": "{found} serves at the endpoint {endpoint}.",
    "KeptChampion": "{found} does not replace what serves at the endpoint {endpoint}.",
    "DryRun": "{found} was found; the endpoint {endpoint} was not touched.",
    "NotApproved": "{found} was not approved; the endpoint {endpoint} was not touched.",
}
