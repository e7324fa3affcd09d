"""Short names of training jobs: what is theirs alone in the names that AMT gives them."""

import re
from collections.abc import Iterable

from tuning.trials.trials import Trial

from retune.errors import InputError

_NUMBERED = re.compile(r"(\d{3,})-[0-9a-f]+")  # 018-79a63e65: the number and a digest


def label(training_job: str, tuning_job: str) -> str:
    """`018-79a63e65` of `retune-261129-31afc983-00-018-79a63e65`; another name stays whole."""
    return training_job.removeprefix(f"{tuning_job}-")


def number(training_job: str, tuning_job: str) -> str:
    """`018` of the same, which is enough within a tuning job; another name stays whole."""
    short = label(training_job, tuning_job)
    numbered = _NUMBERED.fullmatch(short)
    return numbered[1] if numbered else short


def named(trials: Iterable[Trial], tuning_job: str, given: str) -> Trial:
    """The trial of that name, label or number; InputError when there is none."""
    for trial in trials:
        short = number(trial.name, tuning_job)
        if given in (trial.name, label(trial.name, tuning_job), short, short.lstrip("0")):
            return trial
    raise InputError(
        f"The tuning job {tuning_job} has no training job {given!r}. `retune results` shows those "
        "that there are: give a name, or a number such as 3."
    )
