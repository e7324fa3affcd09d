"""What ScoreTrial and ScoreModel leave of a model."""

from __future__ import annotations

from tuning.variables.variable import Variable


class Score(Variable):
    """The transform job that has predicted the test channel with a model.

    `failure` takes the place of the other two when it failed: the State, Error and Cause that its
    Catch was given.
    """

    model_name: str
    transform_output: str = ""  # S3 prefix of the predictions, ends with a slash
    since: str = ""  # when the job was started, ISO 8601
    failure: dict[str, str] | None = None
