"""The part of the plan that is about scoring models on the test channel."""

from __future__ import annotations

from tuning.request_types import DataProcessing, TransformInput, TransformResources
from tuning.variables.variable import Variable


class TransformOutput(Variable):
    """TransformOutput of CreateTransformJob without the place, which each job has for itself."""

    accept: str
    assemble_with: str
    kms_key_id: str | None = None


class EvaluationPlan(Variable):
    """How the batch transform jobs run, and by which metric their predictions are judged."""

    problem_type: str  # a name of tuning.evaluation.metric_names
    metric_name: str  # an Autopilot metric, such as AUC
    test_channel: str  # its S3 URI
    # Of a ranking: the S3 prefix of a copy, which models are given; ends with a slash.
    rows_without_queries: str | None = None
    job_name: str  # with which the names of the transform jobs begin
    output: str  # S3 prefix of the predictions, ends with a slash
    transform_input: TransformInput
    transform_output: TransformOutput
    data_processing: DataProcessing
    transform_resources: TransformResources
