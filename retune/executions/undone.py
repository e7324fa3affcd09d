"""What is undone when an execution is stopped where it is; docs/outcomes.md has the rules."""

from collections.abc import Iterator

from retune.executions.progress import Progress

_DEPLOYS = ("DeployEndpoint", "EndpointSettled", "WaitForEndpoint", "VerifyEndpoint")
_DEPLOYED = ("EndpointProven", "ScaleEndpoint", "WriteReport", "Prune", "Notify")


def what_stopping_does(progress: Progress) -> Iterator[str]:
    """Sentences for a person who is asked whether it is meant."""
    tuning, state = progress.tuning, progress.state
    if state.startswith("Recover"):
        yield "It has failed already; what it began is undone."
        return
    if tuning is not None and tuning.job.ended is None:
        yield (
            f"The tuning job {tuning.job.name} is stopped: {tuning.done} training jobs are done, "
            f"{tuning.running} running. What they have cost stays spent."
        )
    if state in _DEPLOYS:
        yield (
            "The endpoint goes back to what served before, once SageMaker has ended its update; a "
            "first endpoint is deleted."
        )
    elif state in _DEPLOYED:
        yield "If the new model was to be deployed, it serves and has answered real rows: it stays."
    else:
        yield "The endpoint has not been touched."
    yield "Models and endpoint configurations of this execution that no endpoint uses are deleted."
