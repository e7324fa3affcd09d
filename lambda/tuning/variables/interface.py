"""What clients send to a model and get from it: in $plan, and beside each endpoint config."""

from __future__ import annotations

from tuning.variables.variable import Variable


class Encoding(Variable):
    """How a table's columns were encoded: a digest of that, and the S3 URI of the description."""

    digest: str
    description: str


class Interface(Variable):
    """As far as it can be known before a model is trained.

    Of several training job definitions any may win, so that there may be several algorithms and
    answers. None and empty stand for what is not known.
    """

    content_type: str  # of requests
    feature_columns: int | None = None
    column_names: tuple[str, ...] = ()  # of the features, where the data have any
    algorithms: tuple[str, ...] = ()  # names of built-in ones, or repositories of images
    answers: tuple[str, ...] = ()  # such as "MulticlassClassification of 3 classes"
    encoding: Encoding | None = None  # of a table's columns, where that is described
