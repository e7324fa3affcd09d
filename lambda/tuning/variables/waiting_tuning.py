"""A state that waits until a tuning job has ended, and how it is told."""

from __future__ import annotations

from typing import ClassVar

from tuning.variables.variable import Variable


class WaitingTuning(Variable):
    """The content of FILE: RunTuning writes it before there is the job, ResumeTuning uses it."""

    FILE: ClassVar = "tuning.json"  # in the execution's folder

    tuning_job_name: str
    task_token: str  # of the state that waits
    answered: bool = False  # the state has been told
