"""$plan.Preparation: how the channels of a run are made of a table, before it is tuned."""

from __future__ import annotations

from typing import Any

from tuning.request_types import ProcessingJobRequest
from tuning.variables.variable import Variable


class Preparation(Variable):
    """`request` is what the program of the job reads: columns, split, options."""

    processing_job: ProcessingJobRequest  # its name is a beginning: each attempt adds its number
    request: dict[str, Any]
