"""The Bayesian strategy: Gaussian processes and expected improvement, as an Optuna sampler.

The first trials are the center of the space and points spread over it. From then on the next trial
is where the improvement is expected to be largest. A running trial is taken to end with the value
predicted for it ("kriging believer"), so that parallel trials spread out. A failed trial counts as
the worst of the others, so that the search leaves a region where training fails.

Trials of parents are values of other objectives, and how like this one they are is sampled with the
rest. With parents the first trial is where they were best instead of the center; the other first
points tell whether the parents are to be believed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from optuna.distributions import BaseDistribution
from optuna.samplers import BaseSampler, RandomSampler
from optuna.study import Study, StudyDirection
from optuna.trial import FrozenTrial, TrialState
from scipy.special import ndtr
from threadpoolctl import ThreadpoolController

from local_sagemaker.search.gaussian_process import GaussianProcesses, Known, MarkovChains
from local_sagemaker.search.unit_cube import Array, UnitCube

FIRST_TRIALS = 6
HYPERCUBES = 50  # to choose one from
MOST_OBSERVATIONS = 100  # of any number; the time of a suggestion grows with their third power
FARTHEST_BELOW = 10.0  # the median, in distances of the best value above it
CANDIDATES = 512
CENTERED = 2.0  # both parameters of the candidates' beta distribution; 1 would be uniform
REFINED = 8  # of the candidates, the best
REFINEMENTS = (0.1, 0.03)  # standard deviations of the draws around them, in the unit cube
DRAWS_AROUND_EACH = 16
PARENT = "parent"  # user attribute of a parent's trial: the number of the parent, from 0
TRANSFER = "transfer"  # whether its values were found on other data and have a scale of their own
ENOUGH = 4  # values of this job, to know their deviation; with fewer it is taken to be the parents'
DECIMALS = 9  # to which points are compared, in the unit cube
THREADS = ThreadpoolController()  # finds numpy's libraries once; that takes milliseconds


class BayesianSampler(BaseSampler):
    """For a study whose trials all have the same search space."""

    def __init__(self, space: Mapping[str, BaseDistribution], seed: int | None = None) -> None:
        self._space = {name: range_ for name, range_ in space.items() if not range_.single()}
        self._random = np.random.default_rng(seed)
        self._random_sampler = RandomSampler(seed)
        if self._space:
            self._cube = UnitCube(self._space)
            self._first = self._cube.snap(_spread(self._cube.dimensions, self._random))
            self._chains: MarkovChains | None = None

    def infer_relative_search_space(
        self, study: Study, trial: FrozenTrial
    ) -> dict[str, BaseDistribution]:
        return self._space

    def sample_independent(
        self,
        study: Study,
        trial: FrozenTrial,
        param_name: str,
        param_distribution: BaseDistribution,
    ) -> Any:
        return self._random_sampler.sample_independent(study, trial, param_name, param_distribution)

    def sample_relative(
        self, study: Study, trial: FrozenTrial, search_space: dict[str, BaseDistribution]
    ) -> dict[str, Any]:
        others = [each for each in study.get_trials(deepcopy=False) if each.params]
        own = [each for each in others if PARENT not in each.user_attrs]
        parents = 1 + max((each.user_attrs.get(PARENT, -1) for each in others), default=-1)
        if not search_space:
            return {}
        if len(own) < FIRST_TRIALS and (own or not parents):
            return self._cube.decode(self._first[len(own)])
        completed = [each for each in others if each.state == TrialState.COMPLETE]
        if len(completed) < 2:
            return {}
        if self._chains is None:
            dimensions, names = self._cube.dimensions, len(self._space)
            self._chains = MarkovChains(dimensions, names, parents, self._random)
        sign = -1.0 if study.direction == StudyDirection.MINIMIZE else 1.0
        known = self._known(completed, self._failed(own), sign)
        running = [each for each in own if each.state == TrialState.RUNNING]
        transfer = any(each.user_attrs.get(TRANSFER) for each in others)
        # More threads are no faster on matrices this small, and would disturb training jobs.
        with THREADS.limit(limits=1):
            processes = GaussianProcesses(known, self._chains.sample(known))
            if running:
                processes.believe(self._points(running))
            tried = self._points(own if transfer else others)
            best = self._maximize(ExpectedImprovement(processes), tried)
        return {} if best is None else self._cube.decode(best)

    def _known(self, completed: Sequence[FrozenTrial], failed: Array, sign: float) -> Known:
        jobs = np.array([each.user_attrs.get(PARENT, -1) + 1 for each in completed], dtype=np.intp)
        values = sign * _on_one_scale(completed)
        points = np.vstack([self._points(completed), failed])
        values = np.append(values, [values.min()] * len(failed))
        jobs = np.append(jobs, np.zeros(len(failed), dtype=np.intp))
        kept = _kept(values, jobs)
        points, values, jobs = points[kept], _drawn_in(values[kept]), jobs[kept]
        return Known(points, (values - values.mean()) / (values.std() or 1.0), jobs)

    def _points(self, trials: Sequence[FrozenTrial]) -> Array:
        return self._cube.encode([trial.params for trial in trials])

    def _failed(self, trials: Sequence[FrozenTrial]) -> Array:
        """Without those that failed only because their hyperparameters were suggested before."""
        failed = [each for each in trials if each.state == TrialState.FAIL]
        others = [each for each in trials if each.state != TrialState.FAIL]
        return _without(self._points(others), self._points(failed))

    def _maximize(self, improvement: ExpectedImprovement, tried: Array) -> Array | None:
        """The best of many untried points: random ones first, then some around the best.

        None when all of them have been tried, as can be in a small space. Ranges are chosen around
        what is thought good, and a process is least certain at their ends, where it would look too
        often: so the random points are drawn more densely towards the center.
        """
        shape = (CANDIDATES, self._cube.dimensions)
        candidates = self._cube.snap(self._random.beta(CENTERED, CENTERED, shape))
        best = improvement.highest(_without(tried, candidates), REFINED)
        centers = np.vstack([best, improvement.incumbent])
        for deviation in REFINEMENTS:
            around = np.repeat(centers, DRAWS_AROUND_EACH, axis=0)
            around += deviation * self._random.standard_normal(around.shape)
            near = _without(tried, self._cube.snap(np.clip(around, 0.0, 1.0)))
            best = centers = improvement.highest(np.vstack([best, near]), REFINED)
        return best[0] if len(best) else None


class ExpectedImprovement:
    """By how much a point is expected to exceed the best value predicted for the known points."""

    def __init__(self, processes: GaussianProcesses) -> None:
        self._processes = processes
        means, _ = processes.predict(processes.points)
        self._best = means.max(axis=1, keepdims=True)
        self.incumbent: Array = processes.points[np.argmax(means.mean(axis=0))]

    def highest(self, candidates: Array, count: int) -> Array:
        """The candidates with the largest expected improvement, best first."""
        return candidates[np.argsort(-self._at(candidates), kind="stable")[:count]]

    def _at(self, points: Array) -> Array:
        means, deviations = self._processes.predict(points)
        gains = (means - self._best) / deviations
        densities = np.exp(-0.5 * gains**2) / np.sqrt(2 * np.pi)
        return np.asarray((deviations * (gains * ndtr(gains) + densities)).mean(axis=0))


def _spread(dimensions: int, random: np.random.Generator) -> Array:
    """FIRST_TRIALS points: the center, and of many Latin hypercubes the one spread most evenly."""
    count = FIRST_TRIALS - 1
    ranks = np.tile(np.arange(count), (HYPERCUBES, dimensions, 1))
    cells = random.permuted(ranks, axis=2).transpose(0, 2, 1)
    drawn = (cells + random.random(cells.shape)) / count
    squares = ((drawn[:, :, np.newaxis] - drawn[:, np.newaxis]) ** 2).sum(axis=3)
    one, other = np.triu_indices(count, 1)
    most_even = np.argmax(squares[:, one, other].min(axis=1))
    return np.vstack([np.full(dimensions, 0.5), drawn[most_even]])


def _on_one_scale(trials: Sequence[FrozenTrial]) -> Array:
    """The objective values; if there are parents, in deviations from each tuning job's mean."""
    values = np.array([trial.value for trial in trials], dtype=float)
    groups = np.array([trial.user_attrs.get(PARENT, -1) for trial in trials])
    if groups.max() < 0:
        return values
    deviations = {group: values[groups == group].std() for group in set(groups)}
    if (groups == -1).sum() < ENOUGH:
        deviations[-1] = np.median([deviations[group] for group in deviations if group >= 0])
    for group, deviation in deviations.items():
        own = values[groups == group]
        values[groups == group] = (own - own.mean()) / (deviation or 1.0) if len(own) else own
    return values


def _kept(values: Array, jobs: NDArray[np.intp]) -> NDArray[np.intp]:
    """Indices of MOST_OBSERVATIONS, of parents only as many as this job leaves."""
    own, theirs = np.flatnonzero(jobs == 0), np.flatnonzero(jobs)
    kept = own[_graded(values[own], MOST_OBSERVATIONS)]
    return np.append(kept, theirs[_graded(values[theirs], MOST_OBSERVATIONS - len(kept))])


def _graded(values: Array, count: int) -> NDArray[np.intp]:
    """Indices of so many values: half are the best, half all grades of the others."""
    ranking = np.argsort(-values, kind="stable")
    if len(ranking) <= count:
        return ranking
    best = count // 2
    grades = np.linspace(best, len(ranking) - 1, count - best).round().astype(int)
    return np.concatenate([ranking[:best], ranking[grades]])


def _drawn_in(values: Array) -> Array:
    """Outliers, nearer to the others: beside them all good values would look the same."""
    median = np.median(values)
    above = values.max() - median
    return np.maximum(values, median - FARTHEST_BELOW * above) if above > 0 else values


def _without(tried: Array, points: Array) -> Array:
    known = {point.tobytes() for point in tried.round(DECIMALS)}
    return points[[point.tobytes() not in known for point in points.round(DECIMALS)]]
