"""The model of the Bayesian strategy: what it learns from values, and how sure it is."""

from __future__ import annotations

import numpy as np
import pytest
from local_sagemaker.search.gaussian_process import GaussianProcesses, Known, MarkovChains


def observed(count: int, *, noise: float = 0.0, seed: int = 0) -> Known:
    """Points of a plane, and values that depend on the first coordinate only."""
    random = np.random.default_rng(seed)
    points = random.random((count, 2))
    values = np.sin(6 * points[:, 0]) + noise * random.standard_normal(count)
    standardised = (values - values.mean()) / values.std()
    return Known(points, standardised, np.zeros(count, dtype=np.intp))


def sampled(known: Known, parents: int = 0, seed: int = 0) -> np.ndarray:
    """Length scale of the first axis, of the second, noise, likeness of 0 and the parents."""
    chains = MarkovChains(2, 2, parents, np.random.default_rng(seed))
    samples = [chains.sample(known) for _ in range(20)][5:]
    return np.vstack([np.hstack([each.scales, each.noise, each.likeness]) for each in samples])


def test_an_axis_that_does_not_matter_gets_the_longer_length_scale() -> None:
    matters, does_not, *_ = np.median(sampled(observed(25)), axis=0)

    assert does_not > 4 * matters


def test_noise_is_told_from_a_smooth_objective() -> None:
    smooth, noisy = (sampled(observed(40, noise=noise))[:, 2] for noise in (0.0, 0.5))

    assert np.median(noisy) > 10 * np.median(smooth)


def test_few_values_leave_the_samples_apart_and_many_bring_them_together() -> None:
    spread = [np.log(sampled(observed(count))[:, 0]).std() for count in (3, 40)]

    assert spread[0] > 2 * spread[1]


@pytest.mark.parametrize(("sign", "low", "high"), [(1, 0.8, 1), (-1, -1, -0.5)])
def test_how_alike_a_parent_is_shows_in_its_values(sign: int, low: float, high: float) -> None:
    own, parent = observed(15), observed(25, seed=1)
    both = Known(
        np.vstack([own.points, parent.points]),
        np.append(own.values, sign * parent.values),
        np.repeat([0, 1], [15, 25]),
    )

    assert low < np.median(sampled(both, parents=1)[:, -1]) <= high


@pytest.fixture
def processes() -> GaussianProcesses:
    known = observed(25)
    chains = MarkovChains(2, 2, 0, np.random.default_rng(0))
    return GaussianProcesses(known, chains.sample(known))


def test_predictions_are_near_the_values_and_less_sure_away_from_them(
    processes: GaussianProcesses,
) -> None:
    known = observed(25)

    means, deviations = processes.predict(known.points)
    _, away = processes.predict(np.array([[3.0, 3.0]]))

    assert means.mean(axis=0) == pytest.approx(known.values, abs=0.3)
    assert away.min() > deviations.max()


def test_a_pending_point_is_believed_to_get_what_is_predicted_for_it(
    processes: GaussianProcesses,
) -> None:
    pending = np.array([[0.02, 0.98]])
    mean, deviation = processes.predict(pending)

    processes.believe(pending)

    believed_mean, believed_deviation = processes.predict(pending)
    assert believed_mean == pytest.approx(mean, abs=0.01)
    assert (believed_deviation < deviation).all()
