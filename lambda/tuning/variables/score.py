"""What ScoreTrial and ScoreModel leave of a model."""

from __future__ import annotations

from tuning.variables.failed_state import FailedState
from tuning.variables.variable import Variable
from tuning.variables.winner import Winner


class Score(Variable):
    """The transform job that has predicted the test channel with a model.

    `failure` takes the place of the other two when it failed.
    """

    model_name: str
    transform_output: str = ""  # S3 prefix of the predictions, ends with a slash
    since: str = ""  # when the job was started, ISO 8601
    failure: FailedState | None = None


class TrialScore(Score):
    """Of one of the best trials, as ScoreTrial leaves it."""

    winner: Winner
