"""How much each hyperparameter decides, with how sure that is.

PED-ANOVA (Watanabe et al., 2023), as Optuna has it, compares where good trials lie with where the
others do. It answers two questions here: what brings a trial among the best quarter at all, and
what does so among the better half, where tuning ends up. docs/decisions/0030 says why it is not
fANOVA.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from optuna import Study
from optuna.importance import PedAnovaImportanceEvaluator, get_param_importances
from optuna.trial import FrozenTrial

from tuning.report.effects import FEWEST, Effect
from tuning.report.search import Search
from tuning.report.study import frozen_trial, study_of
from tuning.report.varied import shared_hyperparameters

BEST = 0.25  # the share of all trials, or of the better half, that counts as good
EVALUATORS = {"PED-ANOVA, all trials": 1.0, "PED-ANOVA, better half": 0.5}
RESAMPLES = 40
MOST = 200  # trials; of more so many are sampled, since Optuna's study takes a while to fill
MIDDLE = (0.05, 0.95)  # quantiles of the resampled shares that are told
SEED = 20


@dataclass(frozen=True)
class Share:
    """A hyperparameter's share, and the middle 90 % of it in resampled trials."""

    name: str
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Importance:
    """Shares by evaluator, the greatest first; without any, `note` says why.

    With shares `note` says which trials were sampled, if they were.
    """

    shares: dict[str, tuple[Share, ...]]
    note: str | None = None

    def ranked(self) -> list[str]:
        """Hyperparameters by the first evaluator."""
        return [share.name for share in next(iter(self.shares.values()), ())]


def importance(search: Search, known: dict[str, Effect]) -> Importance:
    """`known` are the effects of the same search: without a sure one, shares would be of chance."""
    names, scored = shared_hyperparameters(search), search.scored
    reason = _why_none(len(scored), names, known)
    if reason:
        return Importance({}, reason)
    random = np.random.default_rng(SEED)
    trials = [frozen_trial(trial, search.ranges) for trial in scored]
    note = None
    if len(trials) > MOST:
        trials = [trials[index] for index in random.choice(len(trials), MOST, replace=False)]
        note = f"Computed from {MOST} of {len(scored)} training jobs, drawn by chance."
    own = _shares(study_of(search, trials), names)
    drawn = [_shares(study_of(search, each), names) for each in _resamples(trials, random)]
    found = {
        evaluator: _with_middle(own[evaluator], [each[evaluator] for each in drawn])
        for evaluator in EVALUATORS
        if own[evaluator]
    }
    return Importance(found, note if found else "The training jobs are too alike to tell.")


def _why_none(scored: int, names: list[str], known: dict[str, Effect]) -> str | None:
    if scored < FEWEST:
        return f"{scored} training jobs have a metric; importance needs {FEWEST}."
    if not names:
        return "No hyperparameter was varied by all training jobs."
    if len(names) == 1:
        return f"{names[0]} is the only hyperparameter that all training jobs varied."
    if not any(effect.is_sure for effect in known.values()):
        return (
            "The metric differs between the training jobs no more than it would by chance, "
            "whatever the hyperparameters were."
        )
    return None


def _resamples(
    trials: Sequence[FrozenTrial], random: np.random.Generator
) -> Iterator[list[FrozenTrial]]:
    for _ in range(RESAMPLES):
        yield [trials[index] for index in random.integers(0, len(trials), len(trials))]


def _shares(study: Study, names: list[str]) -> dict[str, dict[str, float]]:
    """By evaluator; empty where it cannot tell, of which Optuna warns."""
    return {evaluator: _evaluated(study, names, region) for evaluator, region in EVALUATORS.items()}


def _evaluated(study: Study, names: list[str], region: float) -> dict[str, float]:
    evaluator = PedAnovaImportanceEvaluator(target_quantile=BEST * region, region_quantile=region)
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        try:
            return get_param_importances(study, evaluator=evaluator, params=names)
        except UserWarning:
            return {}


def _with_middle(own: dict[str, float], drawn: list[dict[str, float]]) -> tuple[Share, ...]:
    told = []
    for name, share in sorted(own.items(), key=lambda item: -item[1]):
        shares = [each[name] for each in drawn if each] or [share]
        low, high = np.quantile(shares, MIDDLE)
        told.append(Share(name, share, min(float(low), share), max(float(high), share)))
    return tuple(told)
