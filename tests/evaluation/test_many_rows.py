"""Many rows are not drawn: the interval is the bootstrap's all the same."""

from __future__ import annotations

import numpy as np
import pytest
from tuning.evaluation import improvements as module
from tuning.evaluation import scores
from tuning.evaluation.bootstrap import Improvement
from tuning.evaluation.improvements import improvements
from tuning.evaluation.losses import Array
from tuning.evaluation.metric_names import BINARY, MULTICLASS, REGRESSION, metrics_for

ROWS = 3000
LEVEL = 0.975


def models(problem: str) -> tuple[Array, Array, Array]:
    """Labels, and predictions of two models that are alike in most rows; some scores tie."""
    random = np.random.default_rng(3)
    if problem == REGRESSION:
        labels = 50 + random.standard_t(5, ROWS)
        signal = labels + random.normal(size=ROWS)
        new, old = (signal + 0.5 * random.normal(size=ROWS) for _ in range(2))
        return labels, new, old
    classes = 2 if problem == BINARY else 4
    shares = [0.8, 0.2] if classes == 2 else [0.4, 0.3, 0.2, 0.1]
    true = random.choice(classes, ROWS, p=shares)
    signal = random.normal(size=(ROWS, classes)) + 1.2 * np.eye(classes)[true]
    odds = [np.exp(signal + 0.4 * random.normal(size=signal.shape)) for _ in range(2)]
    new, old = (each / each.sum(axis=1, keepdims=True) for each in odds)
    if problem == BINARY:
        new, old = new[:, 1].round(2), old[:, 1].round(2)
    return true.astype(float), new, old


def by_both_ways(
    monkeypatch: pytest.MonkeyPatch, problem: str
) -> dict[str, tuple[Improvement, Improvement]]:
    names, found = metrics_for(problem, from_labels=False), models(problem)
    drawn = improvements(names, *found)
    monkeypatch.setattr(module, "MANY", ROWS)
    monkeypatch.setattr(scores, "PART", 700)  # so that there are several, the last a shorter one
    told = improvements(names, *found)
    assert [*told] == names
    return {name: (told[name], drawn[name]) for name in names}


@pytest.mark.parametrize("problem", [BINARY, MULTICLASS, REGRESSION])
def test_many_rows_have_the_intervals_that_drawing_them_gives(
    monkeypatch: pytest.MonkeyPatch, problem: str
) -> None:
    for name, (told, drawn) in by_both_ways(monkeypatch, problem).items():
        assert told.value == pytest.approx(drawn.value, abs=1e-9), name
        assert told.rows == drawn.rows, name
        assert np.std(told.draws) == pytest.approx(np.std(drawn.draws), rel=0.08), name
        width = np.subtract(*drawn.interval(LEVEL)[::-1])
        assert told.interval(LEVEL) == pytest.approx(drawn.interval(LEVEL), abs=0.06 * width), name


def test_a_metric_that_is_undefined_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MANY", ROWS)
    _, new, old = models(BINARY)
    found = improvements(["AUC", "Recall"], np.ones(ROWS), new, old)
    assert [*found] == ["Recall"]


def test_models_that_predict_alike_differ_by_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MANY", ROWS)
    labels, new, _ = models(BINARY)
    for name, found in improvements(["AUC", "LogLoss", "F1"], labels, new, new).items():
        assert found.interval(LEVEL) == (0, 0), name
