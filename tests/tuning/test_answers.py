"""How a model's answers are counted against the labels, compared with scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix
from tuning.evaluation.answers import compare

RANDOM = np.random.default_rng(7)
PROBABILITIES = RANDOM.beta(1, 4, 1000)
LABELS = (RANDOM.random(1000) < PROBABILITIES).astype(float)


def test_confusion_matrix_of_two_classes_is_scikit_learns_at_the_stated_threshold() -> None:
    found = compare("BinaryClassification", LABELS, PROBABILITIES)
    assert found is not None
    assert found.confusion is not None
    assert found.confusion.threshold == 0.5
    expected = confusion_matrix(LABELS, PROBABILITIES > 0.5)
    assert np.array_equal(found.confusion.counts, expected)
    assert found.base_rate == LABELS.mean()


def test_calibration_has_the_rows_in_ten_parts_of_rising_probability() -> None:
    found = compare("BinaryClassification", LABELS, PROBABILITIES)
    assert found is not None
    assert [part.rows for part in found.calibration] == [100] * 10
    predicted = [part.predicted for part in found.calibration]
    assert predicted == sorted(predicted)
    assert np.mean([part.actual for part in found.calibration]) == pytest.approx(LABELS.mean())
    highest = np.argsort(PROBABILITIES)[-100:]
    assert found.top_rate == pytest.approx(LABELS[highest].mean())
    assert found.calibration[-1].actual == pytest.approx(found.top_rate)


def test_rows_that_share_the_last_place_of_the_highest_tenth_count_in_part() -> None:
    labels = np.array([1.0, 1, 0, 0, 0, 0, 0, 0, 0, 0])
    found = compare("BinaryClassification", labels, np.array([0.9] * 4 + [0.1] * 6))
    assert found is not None
    assert found.top_rate == 0.5


def test_classes_alone_are_not_calibrated() -> None:
    found = compare("BinaryClassification", LABELS, LABELS)
    assert found is not None
    assert found.calibration == ()


def test_more_classes_count_by_the_most_probable_one() -> None:
    labels = RANDOM.integers(0, 4, 200).astype(float)
    predictions = RANDOM.dirichlet(np.ones(4), 200)
    found = compare("MulticlassClassification", labels, predictions)
    assert found is not None
    assert found.confusion is not None
    expected = confusion_matrix(labels, predictions.argmax(axis=1))
    assert np.array_equal(found.confusion.counts, expected)
    assert found.confusion.threshold is None


def test_matrix_that_nobody_can_read_is_left_out() -> None:
    labels = np.arange(12.0)
    found = compare("MulticlassClassification", labels, labels)
    assert found is not None
    assert found.confusion is None


def test_residuals_count_every_row_once() -> None:
    labels = RANDOM.normal(10, 3, 500)
    predictions = labels + RANDOM.normal(1, 1, 500)
    found = compare("Regression", labels, predictions)
    assert found is not None
    assert sum(part.rows for part in found.residuals) == 500
    assert found.mean_residual == pytest.approx(float((labels - predictions).mean()))


def test_residuals_that_are_all_alike_are_one_part() -> None:
    found = compare("Regression", np.ones(5), np.zeros(5))
    assert found is not None
    assert [part.rows for part in found.residuals] == [5]


def test_ranking_is_not_compared_row_by_row() -> None:
    assert compare("Ranking", LABELS, PROBABILITIES) is None
