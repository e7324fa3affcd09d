"""The variables of the state machines: each with all that it can have, and with the least."""

from __future__ import annotations

from dataclasses import dataclass

from tuning.evaluation.decision import unproven
from tuning.variables.approval import ApprovalAnswer
from tuning.variables.champion import Champion
from tuning.variables.deployment import Deployment
from tuning.variables.endpoint_progress import EndpointProgress
from tuning.variables.explanation import Explanation
from tuning.variables.failed_state import FailedState
from tuning.variables.fleet import Fleet, FleetRun
from tuning.variables.imported_model import ImportedModel
from tuning.variables.plan import WeakChampion
from tuning.variables.predictions import Prediction, Predictions
from tuning.variables.progress import Progress
from tuning.variables.removed import Removed
from tuning.variables.restoration import EndpointState
from tuning.variables.rollback import Rollback
from tuning.variables.score import Score
from tuning.variables.variable import Variable

from tests.tuning.channel_store import ROWS, store
from tests.tuning.plans import EXECUTION, make_plan
from tests.tuning.report_runs import a_summary
from tests.tuning.test_preparation import plan as prepared_plan
from tests.tuning.variables import a_model, a_winner, proven_verdict


@dataclass(frozen=True)
class Extremes:
    """Two values of one variable."""

    full: Variable
    least: Variable

    @classmethod
    def alike(cls, value: Variable) -> Extremes:
        """Of a variable that always has everything."""
        return cls(value, value)


EVERYTHING = {
    "Retrain": {"Channels": {"train": "s3://data-bucket/data/train/"}},
    "Evaluation": {"TopK": 3},
    "Endpoint": {
        "InitialInstanceCount": 2,
        "AutoScaling": {"MinCapacity": 2, "MaxCapacity": 4, "InvocationsPerInstance": 100},
        "DataCapture": {},
        "Rollout": {},
    },
}
_SKIPPED = Explanation(outcome="Skipped", reason="Nothing has changed.")
_ROLLBACK = Rollback(training_job_name="old", hyper_parameters={}, replaced="new")
_IMPORTED = ImportedModel(
    model_package_arn="arn:aws:sagemaker:us-east-1:111111111111:model-package/retune/7",
    why="It was approved.",
    artefact_sha256="0" * 64,
    winner=a_winner(),
)
_WEAK = WeakChampion(endpoint_config_name="old", settings=("retune:kms_key",))
_PLAN = make_plan(EVERYTHING, data=store(test=ROWS))
_FAILURE = FailedState(state="RunTuning", error="States.TaskFailed", cause="no capacity")
_REMOVED = Removed(stopped=("job",), deleted=("model",), error="Rate exceeded")
_SCORE = Score(
    model_name="new", transform_output="s3://data-bucket/new/", since=EXECUTION.start_time
)
RETUNE = {
    "plan": Extremes(
        _PLAN.model_copy(
            update={
                "skipped": _SKIPPED,
                "earlier_tuning_job": "earlier",
                "champion_to_score": "old",
                "preparation": prepared_plan().preparation,
                "rollback": _ROLLBACK,
                "imported": _IMPORTED,
                "weak_champion": _WEAK,
            }
        ),
        make_plan(),
    ),
    "winner": Extremes.alike(a_winner()),
    "model": Extremes.alike(a_model()),
    "candidate": Extremes.alike(_SCORE),
    "champion": Extremes.alike(Champion(endpoint_config_name="old", model_name="old")),
    "verdict": Extremes(proven_verdict(), unproven("There is no test channel.")),
    "approval": Extremes.alike(
        ApprovalAnswer(model_approval_status="Approved", approval_description="Seen.")
    ),
    "progress": Extremes.alike(EndpointProgress()),
    "predictions": Extremes.alike(
        Predictions(
            endpoint_name="retune",
            rows=(Prediction(actual=1, predicted=0.7),),
            rows_like_transform=0,
            proven=True,
        )
    ),
    "unscaled": Extremes.alike(_FAILURE),
    "summary": Extremes.alike(a_summary()),
    "pruned": Extremes(_REMOVED, Removed()),
}
RECOVER = {
    "execution": Extremes(
        Progress(
            execution_id=EXECUTION.id,
            failure=_FAILURE,
            record="recovery-0.json",
            plan=_PLAN,
            deployment=Deployment(endpoint_config_name="new", previous="old"),
            standing=a_summary().model_copy(update={"pruned": _REMOVED}),
            unread="Denied",
        ),
        Progress(execution_id=EXECUTION.id, failure=_FAILURE),
    ),
    "left": Extremes.alike(EndpointState(status="InService")),
    "cleaned": Extremes(_REMOVED, Removed()),
    "explained": Extremes.alike(Explanation(outcome="TuningFailed", reason="no capacity")),
}
_RUN = FleetRun(model_name="bank", execution_name="monday-bank")
FLEET = {"fleet": Extremes.alike(Fleet(runs=(_RUN,), concurrency=3))}
