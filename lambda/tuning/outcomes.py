"""How an execution can end: the names that its output or its error carries.

docs/outcomes.md shows this table; a test keeps the two equal.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """`meaning` and `action` are sentences for the person who started the execution."""

    name: str
    meaning: str
    action: str


_OUTCOMES = (
    Outcome(
        "Deployed",
        "The best model serves at the endpoint and answered real rows.",
        "Read report.html in the execution's folder of the data bucket.",
    ),
    Outcome(
        "KeptChampion",
        "The candidate did not beat what serves by the rule of Promotion. The endpoint was not "
        "touched.",
        "Nothing needs to be done. The verdict in the output and in report.html has both scores.",
    ),
    Outcome(
        "NotApproved",
        "A person rejected the model package, or nobody approved it in time. The endpoint was not "
        "touched.",
        "Start a new execution when the model is wanted after all: approving it later deploys "
        "nothing.",
    ),
    Outcome(
        "DryRun",
        "DryRun asked for no more than the verdict. The endpoint was not touched.",
        "Start an execution without DryRun to deploy.",
    ),
    Outcome(
        "InputRefused",
        "The execution input cannot work. Nothing was created.",
        "Correct every field that is named and start a new execution.",
    ),
    Outcome(
        "DataMissing",
        "A channel has no data that can be read. Nothing was deployed, unless VerifyEndpoint says "
        "so: then the model serves but did not answer rows yet.",
        "Upload the data, or point Channels to it, and start a new execution.",
    ),
    Outcome(
        "NoTrialSucceeded",
        "Tuning ended without a training job that can be deployed.",
        "The training jobs' own reasons name the fault: mend the data or the hyperparameters.",
    ),
    Outcome(
        "TuningStopped",
        "Somebody stopped the tuning job before it had a best training job.",
        "Start a new execution when it was stopped by mistake.",
    ),
    Outcome(
        "TuningFailed",
        "SageMaker refused or ended the tuning job.",
        "The reason is SageMaker's own: mend what it names and start a new execution.",
    ),
    Outcome(
        "RetrainingFailed",
        "Tuning found a best training job, but its retraining failed.",
        "Mend what the reason names, or start a new execution without Retrain.",
    ),
    Outcome(
        "EvaluationFailed",
        "The candidate or the champion could not be scored on the test channel.",
        "Mend what the reason names and start a new execution.",
    ),
    Outcome(
        "RegistrationFailed",
        "The candidate could not be entered into the Model Registry, so it was not deployed.",
        "Mend what the reason names and start a new execution.",
    ),
    Outcome(
        "LimitReached",
        "A quota of the account, or SageMaker's capacity, is used up.",
        "Ask for a higher quota in Service Quotas, use another instance type, or run fewer "
        "training jobs in parallel; then start a new execution.",
    ),
    Outcome(
        "AccessDenied",
        "A role lacks a permission.",
        "Grant the action that is named to the role that is named and start a new execution.",
    ),
    Outcome(
        "Throttled",
        "AWS answered too many requests in spite of several retries.",
        "Start a new execution later, and fewer at the same time.",
    ),
    Outcome(
        "TimedOut",
        "A state took longer than its limit.",
        "Look at the job or function of that state. Lower ResourceLimits or "
        "StoppingCondition.MaxRuntimeInSeconds, so that it ends by itself.",
    ),
    Outcome(
        "DeploymentFailed",
        "The model, its endpoint configuration or the endpoint could not be created or updated.",
        "Mend what the reason names. An endpoint that is Failed takes nothing but deletion: delete "
        "it, then start a new execution.",
    ),
    Outcome(
        "EndpointRolledBack",
        "SageMaker went back to the model that served before. The endpoint serves it still.",
        "The endpoint's log says why the new model did not start.",
    ),
    Outcome(
        "EndpointUnhealthy",
        "The endpoint serves the new model but refuses or garbles rows of the validation channel.",
        "Look at the endpoint's log. To go back, update the endpoint to its configuration before.",
    ),
    Outcome(
        "ReportFailed",
        "The work is done, but the report could not be written: what was to be deployed serves and "
        "answered real rows.",
        "Look at the log of the function WriteReport. Nothing needs to be deployed again.",
    ),
    Outcome(
        "FunctionFailed",
        "A function of Retune ended with an error that it does not know.",
        "Look at the function's log. If the input is right, this is a defect of Retune.",
    ),
)
OUTCOMES = {outcome.name: outcome for outcome in _OUTCOMES}
