"""The Bayesian strategy: a Gaussian process and expected improvement, as an Optuna sampler.

The first trials are drawn at random. From then on a Gaussian process is fitted to the objective
values, and the next trial is where the expected improvement is largest. A running trial is taken
to end with the value predicted for it ("kriging believer"), so that parallel trials spread out.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from optuna.distributions import BaseDistribution
from optuna.samplers import BaseSampler, RandomSampler
from optuna.search_space import IntersectionSearchSpace
from optuna.study import Study, StudyDirection
from optuna.trial import FrozenTrial, TrialState
from threadpoolctl import threadpool_limits

from local_aws.search.unit_cube import Array, UnitCube

if TYPE_CHECKING:
    from sklearn.gaussian_process import GaussianProcessRegressor

RANDOM_TRIALS = 10
MOST_OBSERVATIONS = 150  # the best ones; the time of a fit grows with their third power
CANDIDATES = 1024
REFINED = 8  # of the candidates, the best
REFINEMENTS = (0.1, 0.03)  # standard deviations of the draws around them, in the unit cube
DRAWS_AROUND_EACH = 24
PARENT = "parent"  # user attribute of a trial on other data: its values have a scale of their own
SAME_POINT = 1e-9  # the largest distance along an axis, in the unit cube

Space = dict[str, BaseDistribution]


class GaussianProcessSampler(BaseSampler):
    """For a study whose trials all have the same search space."""

    def __init__(self, seed: int | None = None) -> None:
        self._random = np.random.default_rng(seed)
        self._random_sampler = RandomSampler(seed)
        self._intersection = IntersectionSearchSpace()

    def infer_relative_search_space(self, study: Study, trial: FrozenTrial) -> Space:
        space = self._intersection.calculate(study)
        return {name: range_ for name, range_ in space.items() if not range_.single()}

    def sample_independent(
        self,
        study: Study,
        trial: FrozenTrial,
        param_name: str,
        param_distribution: BaseDistribution,
    ) -> Any:
        return self._random_sampler.sample_independent(study, trial, param_name, param_distribution)

    def sample_relative(
        self, study: Study, trial: FrozenTrial, search_space: Space
    ) -> dict[str, Any]:
        others = [
            other
            for other in study.get_trials(deepcopy=False)
            if other.number != trial.number and search_space.keys() <= other.params.keys()
        ]
        completed = [other for other in others if other.state == TrialState.COMPLETE]
        if len(completed) < RANDOM_TRIALS or not search_space:
            return {}
        cube = UnitCube(search_space)
        values = _on_one_scale(completed)
        if study.direction == StudyDirection.MINIMIZE:
            values = -values
        running = [other for other in others if other.state == TrialState.RUNNING]
        # More threads are no faster on matrices this small, and would disturb training jobs.
        with threadpool_limits(1):
            improvement = ExpectedImprovement(_points(cube, completed), values)
            if running:
                improvement.believe(_points(cube, running))
            best = self._maximize(improvement, cube, _points(cube, others))
        return {} if best is None else cube.decode(best)

    def _maximize(
        self, improvement: ExpectedImprovement, cube: UnitCube, tried: Array
    ) -> Array | None:
        """The best of many untried points: random ones first, then some around the best.

        None when all of them have been tried, as can be in a small space.
        """
        candidates = _without(tried, cube.snap(self._random.random((CANDIDATES, cube.dimensions))))
        best = improvement.highest(candidates, REFINED)
        centers = np.vstack([best, improvement.incumbent])
        for deviation in REFINEMENTS:
            around = np.repeat(centers, DRAWS_AROUND_EACH, axis=0)
            around += deviation * self._random.standard_normal(around.shape)
            near = _without(tried, cube.snap(np.clip(around, 0.0, 1.0)))
            best = centers = improvement.highest(np.vstack([best, near]), REFINED)
        return best[0] if len(best) else None


def _points(cube: UnitCube, trials: Sequence[FrozenTrial]) -> Array:
    return cube.encode([trial.params for trial in trials])


def _on_one_scale(trials: Sequence[FrozenTrial]) -> Array:
    """The objective values; if some are of other data, in deviations from the data's mean."""
    values = np.array([trial.value for trial in trials], dtype=float)
    groups = np.array([trial.user_attrs.get(PARENT, -1) for trial in trials])
    for group in set(groups) if groups.max() >= 0 else ():
        own = values[groups == group]
        values[groups == group] = (own - own.mean()) / (own.std() or 1.0)
    return values


def _without(tried: Array, points: Array) -> Array:
    distances = np.abs(points[:, np.newaxis] - tried).max(axis=2)
    return np.asarray(points[distances.min(axis=1) > SAME_POINT])


class ExpectedImprovement:
    """By how much a point is expected to exceed the best value predicted for the known points."""

    def __init__(self, points: Array, values: Array) -> None:
        kept = np.argsort(-values, kind="stable")[:MOST_OBSERVATIONS]
        self._points = points[kept]
        self._values = (values[kept] - values[kept].mean()) / (values[kept].std() or 1.0)
        self._process = _fit(self._points, self._values)
        predicted = self._process.predict(self._points)
        self.incumbent: Array = self._points[np.argmax(predicted)]
        self._best = predicted.max()

    def believe(self, pending: Array) -> None:
        """Count points as known, with the values predicted for them."""
        from sklearn.gaussian_process import GaussianProcessRegressor

        points = np.vstack([self._points, pending])
        values = np.concatenate([self._values, self._process.predict(pending)])
        believed = GaussianProcessRegressor(self._process.kernel_, alpha=0.0, optimizer=None)
        self._process = believed.fit(points, values)
        self._best = self._process.predict(points).max()

    def highest(self, candidates: Array, count: int) -> Array:
        """The candidates with the largest expected improvement, best first."""
        if len(candidates) == 0:
            return candidates
        return candidates[np.argsort(-self._at(candidates), kind="stable")[:count]]

    def _at(self, points: Array) -> Array:
        from scipy.special import ndtr

        mean, deviation = self._process.predict(points, return_std=True)
        noise = self._process.kernel_.k2.noise_level
        deviation = np.sqrt(np.maximum(deviation**2 - noise, 1e-10))
        gain = (mean - self._best) / deviation
        density = np.exp(-0.5 * gain**2) / np.sqrt(2 * np.pi)
        return np.asarray(deviation * (gain * ndtr(gain) + density))


def _fit(points: Array, values: Array) -> GaussianProcessRegressor:
    """Matern 5/2 with a length scale for each coordinate, and noise, by maximum likelihood."""
    # Imported here because it takes over a second, and the first trials do without.
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel

    scales = np.full(points.shape[1], 0.7)
    kernel = ConstantKernel(1.0, (0.1, 10.0)) * Matern(scales, (0.1, 10.0), nu=2.5) + WhiteKernel(
        0.05, (1e-4, 0.5)
    )
    with warnings.catch_warnings():
        # A length scale at its bound is no fault: the hyperparameter hardly matters.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return GaussianProcessRegressor(kernel, alpha=0.0).fit(points, values)
