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
        "The best model serves at the endpoint and answered real rows, where Retune can read the "
        "ContentType.",
        "Read report.html in the execution's folder of the data bucket.",
    ),
    Outcome(
        "RolledBack",
        "A person asked for an earlier champion, which serves again and answered real rows.",
        "Find out what was wrong with the model that it replaces. Until the data or the settings "
        "change, a schedule deploys no other by itself.",
    ),
    Outcome(
        "Imported",
        "A model that was tuned and approved in another account serves and answered real rows.",
        "Nothing needs to be done. Its model package names the one that it was.",
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
        "Skipped",
        "There was nothing to do: neither data nor settings have changed, what serves is as good "
        "as it was, or another run for the endpoint goes on. Nothing was tuned.",
        "Nothing needs to be done. The reason says how to tune all the same.",
    ),
    Outcome(
        "OverBudget",
        "With this run the month could have cost more than MonthlyBudget. Nothing was created.",
        "Wait for the next month, or do what the reason says to go on before.",
    ),
    Outcome(
        "InputRefused",
        "The execution input cannot work, or the data do not fit it. Nothing was trained.",
        "Correct every field that is named and start a new execution.",
    ),
    Outcome(
        "DataMissing",
        "A channel has no data that can be read.",
        "Upload the data, point Channels to it or let Retune read it, as the reason says, and "
        "start a new execution.",
    ),
    Outcome(
        "PreparationFailed",
        "The channels could not be made of the table. Nothing was tuned.",
        "Mend the table or Prepare as the reason says, and start a new execution. `retune prepare` "
        "tries the same here, for nothing.",
    ),
    Outcome(
        "NoTrialSucceeded",
        "Tuning ended without a training job that can be deployed.",
        "The training jobs' own reasons name the fault: mend the data or the hyperparameters.",
    ),
    Outcome(
        "TuningStopped",
        "Somebody stopped the tuning job before it had a best training job. With one, the "
        "execution would have gone on and deployed it.",
        "Start a new execution when it was stopped by mistake.",
    ),
    Outcome(
        "TuningTimedOut",
        "Tuning used up ResourceLimits.MaxRuntimeInSeconds before any training job had ended well. "
        "With one, the execution would have gone on and deployed it.",
        "Raise ResourceLimits.MaxRuntimeInSeconds, or let training jobs take less time: fewer "
        "rounds, a larger instance type.",
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
        "ServiceFailed",
        "AWS failed or did not answer, in spite of several retries.",
        "Start a new execution when the service answers again; the AWS Health Dashboard tells.",
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
        "Mend what the reason names: when a container did not start, the endpoint's log says why. "
        "An endpoint that was Failed before this execution takes nothing but deletion: delete it "
        "first.",
    ),
    Outcome(
        "EndpointRolledBack",
        "SageMaker went back to the model that served before, because the new one did not start or "
        "an alarm went off. The endpoint serves the old one still.",
        "Look at the endpoint's log, and at the alarms of the rollout: one that is in ALARM before "
        "the update makes every update roll back.",
    ),
    Outcome(
        "EndpointSuperseded",
        "While this execution waited, somebody else has updated the endpoint, which serves that.",
        "Nothing, if the other update was meant. Otherwise start a new execution.",
    ),
    Outcome(
        "EndpointDeleted",
        "While this execution ran, somebody has deleted the endpoint.",
        "Nothing, if that was meant. Otherwise start a new execution, which creates it again.",
    ),
    Outcome(
        "EndpointUnhealthy",
        "The new model refused or garbled rows, so that it must not serve.",
        "Look at the endpoint's log, and ask the model yourself: its artefact is kept in the "
        "execution's folder of the data bucket.",
    ),
    Outcome(
        "ScalingFailed",
        "The best model serves at the endpoint and answered real rows, but the endpoint's "
        "autoscaling could not be set: its number of instances stays as it is.",
        "Mend what the reason names, such as a permission or the limits in Endpoint.AutoScaling, "
        "and start a new execution with RetuneWhen: Always, or register the scalable target "
        "yourself.",
    ),
    Outcome(
        "ReportFailed",
        "The report could not be written. A model that was to be deployed serves, and answered "
        "real rows.",
        "Look at the log of the function WriteReport. Nothing needs to be deployed again.",
    ),
    Outcome(
        "Cancelled",
        "A person stopped the execution. What it had started was stopped, and what it had made and "
        "no endpoint uses was deleted.",
        "Start a new execution when it was stopped by mistake.",
    ),
    Outcome(
        "WorkflowFailed",
        "Step Functions ended the execution with an error of its own, which no state can catch. "
        "What it had started was stopped, and what it had made and no endpoint uses was deleted.",
        "Look at the execution's last events in the Step Functions console. If the input is right, "
        "this is a defect of Retune.",
    ),
    Outcome(
        "FunctionFailed",
        "A function of Retune ended with an error that it does not know.",
        "Look at the function's log. If the input is right, this is a defect of Retune.",
    ),
)
OUTCOMES = {outcome.name: outcome for outcome in _OUTCOMES}
DEPLOYED = ("Deployed", "ScalingFailed")  # the run's own model serves
