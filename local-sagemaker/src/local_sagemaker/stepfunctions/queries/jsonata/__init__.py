"""JSONata in `{% %}`, with the functions that Step Functions adds."""

from local_sagemaker.stepfunctions.queries.jsonata.evaluation import typed_value, value
from local_sagemaker.stepfunctions.queries.jsonata.syntax import is_expression

__all__ = ["is_expression", "typed_value", "value"]
