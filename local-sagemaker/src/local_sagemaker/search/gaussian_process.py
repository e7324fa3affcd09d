"""Gaussian processes with sampled hyperparameters: what a few objective values let one believe.

Ten or twenty values leave open how fast the objective changes along each axis and how noisy it is.
The likeliest answer is often a wrong one, and a search that trusts it looks in the wrong places. So
SAMPLES answers are drawn from all that fit the values, by elliptical slice sampling (Murray, Adams
and MacKay 2010, https://arxiv.org/abs/1001.0175), and the search averages over them.

In the arrays below the first axis is that of the samples.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Array = NDArray[np.float64]

SAMPLES = 10
STEPS = 6  # of the Markov chains with each new value; they go on where they were
FIRST_STEPS = 30
SHRINKS = 12  # of the bracket in a step, at most
# Squared, in widths of the unit cube, for each hyperparameter: with more of them points lie farther
# apart (Hvarfner, Hellsten and Nardi 2024, https://arxiv.org/abs/2402.02229).
LENGTH_SCALE = 2 / 3
LENGTH_SCALE_DEVIATION = 1.0  # of the logarithm
# What is believed of the noise before the first value: mean and deviation of a logarithm.
NOISE = (np.log(0.01), 2.0)  # variance, as a part of the process's own
# What is believed of the correlation with a parent, from -1 to 1: the normal deviate that has its
# place among all of them.
LIKENESS = (1.5, 1.0)
# Of the process's variance, for standardised values: an inverse gamma distribution.
SHAPE, SCALE = 2.0, 2.0
MEAN_VARIANCE = 1.0  # of the process's constant mean, in variances of the process
JITTER = 1e-6  # keeps the covariance of equal points positive definite


@dataclass(frozen=True)
class Known:
    """Values at points, which have mean 0 and deviation 1; `jobs` says whose each point is: 0 is
    the tuning job's own, others are its parents'."""

    points: Array
    values: Array
    jobs: NDArray[np.intp]

    @cached_property
    def squares(self) -> Array:
        return _squares(self.points)


@dataclass(frozen=True)
class Samples:
    """Length scales of each dimension; noise (one column); correlation of each job with job 0."""

    scales: Array
    noise: Array
    likeness: Array


class MarkovChains:
    """One chain for each sample: what a process is made of, in deviations from what is believed."""

    def __init__(
        self, dimensions: int, hyperparameters: int, parents: int, random: np.random.Generator
    ) -> None:
        length_scale = (np.log(LENGTH_SCALE * hyperparameters) / 2, LENGTH_SCALE_DEVIATION)
        prior = np.array([length_scale] * dimensions + [NOISE] + [LIKENESS] * parents)
        self._mean, self._deviation = prior.T
        self._dimensions = dimensions
        self._random = random
        self._states = random.standard_normal((SAMPLES, len(prior)))
        self._steps = FIRST_STEPS

    def sample(self, known: Known) -> Samples:
        """Processes after some steps towards what fits the values."""
        likelihoods = self._log_likelihoods(self._states, known)
        for _ in range(self._steps):
            likelihoods = self._step(likelihoods, known)
        self._steps = STEPS
        return self._natural(self._states)

    def _step(self, likelihoods: Array, known: Known) -> Array:
        """Move each chain to a place on an ellipse through its state that is likely enough."""
        directions = self._random.standard_normal(self._states.shape)
        enough = likelihoods + np.log(self._random.random(SAMPLES))
        high = self._random.uniform(0.0, 2 * np.pi, SAMPLES)
        angles, low = high.copy(), high - 2 * np.pi
        states, likelihoods = self._states.copy(), likelihoods.copy()
        moving = np.arange(SAMPLES)
        for _ in range(SHRINKS):
            along = angles[moving, np.newaxis]
            tried = np.cos(along) * self._states[moving] + np.sin(along) * directions[moving]
            found = self._log_likelihoods(tried, known)
            accepted = found > enough[moving]
            states[moving[accepted]] = tried[accepted]
            likelihoods[moving[accepted]] = found[accepted]
            moving = moving[~accepted]
            if len(moving) == 0:
                break
            below = angles[moving] < 0
            low[moving[below]] = angles[moving[below]]
            high[moving[~below]] = angles[moving[~below]]
            angles[moving] = self._random.uniform(low[moving], high[moving])
        self._states = states
        return likelihoods

    def _log_likelihoods(self, states: Array, known: Known) -> Array:
        """Up to a constant; mean and variance of the process are integrated out."""
        covariance = _covariance(known.squares, known.jobs, self._natural(states))
        factors = np.linalg.cholesky(_bordered(covariance, known.values))
        whitened = factors[:, -1, :-1]
        log_determinants = np.log(np.diagonal(factors, axis1=1, axis2=2)[:, :-1]).sum(axis=1)
        misfit = SCALE + (whitened**2).sum(axis=1) / 2
        return np.asarray(-log_determinants - (SHAPE + len(known.values) / 2) * np.log(misfit))

    def _natural(self, states: Array) -> Samples:
        believed = self._mean + self._deviation * states
        scales, noise, likeness = np.split(
            believed, [self._dimensions, self._dimensions + 1], axis=1
        )
        of_parents = np.asarray(2 * ndtr(likeness) - 1)
        return Samples(
            np.exp(scales), np.exp(noise), np.hstack([np.ones((len(states), 1)), of_parents])
        )


class GaussianProcesses:
    """One process for each sample, given what is known."""

    def __init__(self, known: Known, samples: Samples) -> None:
        self._samples = samples
        self._know(known.points, known.jobs, np.tile(known.values, (SAMPLES, 1)))
        misfit = SCALE + (self._weights**2).sum(axis=(1, 2)) / 2
        self._variance = misfit / (SHAPE + len(known.values) / 2)

    def believe(self, pending: Array) -> None:
        """Count points as known, with the values that each process predicts for them."""
        predicted, _ = self.predict(pending)
        jobs = np.append(self.jobs, np.zeros(len(pending), dtype=np.intp))
        self._know(np.vstack([self.points, pending]), jobs, np.hstack([self._values, predicted]))

    def predict(self, points: Array) -> tuple[Array, Array]:
        """Means and standard deviations of job 0's objective without noise: sample, point."""
        covariance = _kernel(self.points, points, self._samples.scales) + MEAN_VARIANCE
        covariance *= self._samples.likeness[:, self.jobs, np.newaxis]
        projected = self._inverse_factors @ covariance
        means = (projected * self._weights).sum(axis=1)
        variances = 1 + MEAN_VARIANCE - (projected**2).sum(axis=1)
        scaled = self._variance[:, np.newaxis] * np.maximum(variances, 1e-10)
        return np.asarray(means), np.asarray(np.sqrt(scaled))

    def _know(self, points: Array, jobs: NDArray[np.intp], values: Array) -> None:
        self.points, self.jobs, self._values = points, jobs, values
        factors = np.linalg.cholesky(_covariance(_squares(points), jobs, self._samples))
        self._inverse_factors = np.linalg.inv(factors)
        self._weights = self._inverse_factors @ values[..., np.newaxis]


def _squares(points: Array) -> Array:
    """Of the distances along each axis: axis, pair of points."""
    rows, columns = np.tril_indices(len(points), -1)
    return np.ascontiguousarray(((points[rows] - points[columns]) ** 2).T)


def _covariance(squares: Array, jobs: NDArray[np.intp], samples: Samples) -> Array:
    """Of the values at the points; only the lower triangle, which is all that cholesky reads."""
    count = len(jobs)
    covariance = np.zeros((len(samples.scales), count, count))
    rows, columns = np.tril_indices(count, -1)
    covariance[:, rows, columns] = _matern(samples.scales**-2.0 @ squares) + MEAN_VARIANCE
    if jobs.any():
        covariance *= _likeness(jobs, samples)
    diagonal = np.arange(count)
    covariance[:, diagonal, diagonal] = 1 + MEAN_VARIANCE + JITTER + samples.noise
    return covariance


def _likeness(jobs: NDArray[np.intp], samples: Samples) -> Array:
    """Correlations of the jobs of any two points; of two parents through job 0."""
    with_own = samples.likeness[:, jobs]
    both = with_own[:, :, np.newaxis] * with_own[:, np.newaxis]
    return np.where(jobs[:, np.newaxis] == jobs, 1.0, both)


def _bordered(covariance: Array, values: Array) -> Array:
    """With the values as one more row, which cholesky turns into the whitened values."""
    samples, count, _ = covariance.shape
    bordered = np.zeros((samples, count + 1, count + 1))
    bordered[:, :-1, :-1], bordered[:, -1, :-1] = covariance, values
    bordered[:, -1, -1] = 1 + 2 * values @ values / JITTER  # keeps it positive definite
    return bordered


def _kernel(some: Array, others: Array, scales: Array) -> Array:
    """Correlations: sample, one of some, one of others."""
    left, right = some / scales[:, np.newaxis], others / scales[:, np.newaxis]
    squares = (left**2).sum(axis=2)[:, :, np.newaxis] + (right**2).sum(axis=2)[:, np.newaxis]
    squares -= 2 * left @ right.transpose(0, 2, 1)
    return _matern(squares)


def _matern(squares: Array) -> Array:
    """Matern 5/2 at squared distances."""
    distances = np.sqrt(5 * np.maximum(squares, 0.0))
    return np.asarray((1 + distances * (1 + distances / 3)) * np.exp(-distances))
