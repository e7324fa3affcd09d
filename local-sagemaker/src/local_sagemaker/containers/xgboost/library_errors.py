"""Which failures of the XGBoost library are the user's to mend, and how."""

from __future__ import annotations

import re

from local_sagemaker.containers.errors import AlgorithmError, ContainerError, UserError
from local_sagemaker.containers.memory import is_out_of_memory, out_of_memory

STACK_TRACE = "\nStack trace:"
TIME_AND_SOURCE = re.compile(r"^\[\d\d:\d\d:\d\d\] \S+:\d+: ")

LABELS_OF_TWO_CLASSES = (
    "the first column must hold labels 0 and 1, both of them (True and False are read as 0)"
)

# Parts of the library's messages that name a fault of the data or of a hyperparameter.
ADVICE = {
    "label must be in [0,1] for logistic regression": LABELS_OF_TWO_CLASSES,
    "base_score must be in (0,1)": LABELS_OF_TWO_CLASSES,
    "label must be in [0, num_class)": "num_class must exceed the highest label, counted from 0",
    "PoissonRegression: label must be nonnegative": "count:poisson needs labels of 0 or more",
    "TweedieRegression: label must be nonnegative": "reg:tweedie needs labels of 0 or more",
    "label must be positive for gamma regression": "reg:gamma needs labels above 0",
    "label and prediction size not match": "eval_metric does not fit the objective",
    "labels_lower_bound_.Size() == ndata": (
        "survival:aft needs a lower and an upper bound for each row, which no channel can hold"
    ),
    "Number of columns does not match": "train and validation must have the same columns",
}


def message(error: Exception) -> str:
    """The library's message without time, place in its source and stack trace."""
    return TIME_AND_SOURCE.sub("", str(error).split(STACK_TRACE)[0].strip())


def named_error(error: Exception) -> ContainerError:
    """An exception of a training as UserError or AlgorithmError."""
    if is_out_of_memory(error):
        return AlgorithmError(out_of_memory())
    text = message(error) or repr(error)
    for part, advice in ADVICE.items():
        if part in text:
            return UserError(
                f"{text}\n{advice}"
            )  # a line of its own: what is quoted may go to the end of one
    return AlgorithmError(f"XGB train call failed with exception:\n {text}")
