"""The conditions of built-in rules: at which step does a training meet one first?

Their code is AWS's own; these follow the developer guide, "List of Debugger built-in rules".
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping

import numpy as np

from local_sagemaker.containers.debugger.event_records import Array
from local_sagemaker.containers.debugger.saved_tensors import SavedTensors

Parameters = Mapping[str, str]
Condition = Callable[[SavedTensors, Parameters], int | None]
"""Takes all parameters of its rule; None is never."""


def loss_not_decreasing(tensors: SavedTensors, parameters: Parameters) -> int | None:
    """Every num_steps the loss must be below that of num_steps before, by diff_percent."""
    use_losses = parameters["use_losses_collection"].lower() == "true"
    collections = _items(parameters["collection_names"]) + ["losses"] * use_losses
    span, percent = int(parameters["num_steps"]), float(parameters["diff_percent"])
    met = []
    for name in tensors.names(collections, _items(parameters["tensor_regex"])):
        losses = {step: float(values.mean()) for step, values in _values(tensors, [name])}
        for before, step in _compared(list(losses), span):
            decrease = losses[before] - losses[step]
            if decrease <= 0 or decrease < abs(losses[before]) * percent / 100:
                met.append(step)
                break
    return min(met, default=None)


def _compared(steps: list[int], span: int) -> Iterator[tuple[int, int]]:
    """The steps at which a loss is looked at, each behind the one with which it is compared."""
    checked = steps[0] if steps else 0
    for step in steps:
        if step - checked >= span:
            checked = step
            yield max(earlier for earlier in steps if step - earlier >= span), step


def feature_importance_overweight(tensors: SavedTensors, parameters: Parameters) -> int | None:
    """The nfeatures largest importances together are more than the threshold."""
    largest, threshold = int(parameters["nfeatures"]), float(parameters["threshold"])
    importances: dict[int, list[float]] = {}
    for step, values in _values(tensors, tensors.names([], _items(parameters["tensor_regex"]))):
        importances.setdefault(step, []).append(float(values.sum()))
    for step, shares in importances.items():
        if sum(sorted(shares)[-largest:]) > threshold:
            return step
    return None


def tree_depth(tensors: SavedTensors, parameters: Parameters) -> int | None:
    """The base 2 logarithm of the largest node's number is above the depth."""
    depth = float(parameters["depth"])
    for step, nodes in _values(tensors, ["trees/Node"]):
        if nodes.max() > 0 and math.log2(nodes.max()) > depth:
            return step
    return None


def all_zero(tensors: SavedTensors, parameters: Parameters) -> int | None:
    """The threshold, in percent, of the values of a tensor are zero."""
    threshold = float(parameters["threshold"])
    for step, values in _values(tensors, _chosen(tensors, parameters)):
        if 100 * np.mean(values == 0) >= threshold:
            return step
    return None


def tensor_variance(tensors: SavedTensors, parameters: Parameters) -> int | None:
    """The variance of a tensor is above max_threshold or below min_threshold."""
    low, high = (float(parameters[name]) for name in ("min_threshold", "max_threshold"))
    for step, values in _values(tensors, _chosen(tensors, parameters)):
        if not low <= values.var() <= high:
            return step
    return None


def unchanged_tensor(tensors: SavedTensors, parameters: Parameters) -> int | None:
    """A tensor is the same at the last num_steps steps."""
    count = int(parameters["num_steps"])
    met = []
    for name in _chosen(tensors, parameters):
        saved = list(_values(tensors, [name]))
        for end in range(count, len(saved) + 1):
            *others, (step, newest) = saved[end - count : end]
            if all(_is_close(newest, other, parameters) for _, other in others):
                met.append(step)
                break
    return min(met, default=None)


def _is_close(one: Array, other: Array, parameters: Parameters) -> bool:
    """As numpy.allclose says it, with rtol, atol and equal_nan."""
    if one.shape != other.shape:
        return False
    rtol, atol = float(parameters["rtol"]), float(parameters["atol"])
    equal_nan = parameters["equal_nan"].lower() == "true"
    return np.allclose(one, other, rtol=rtol, atol=atol, equal_nan=equal_nan)


def _values(tensors: SavedTensors, names: list[str]) -> Iterator[tuple[int, Array]]:
    """The numbers of these tensors, step by step."""
    places = [(step, name) for name in names for step in tensors.steps(name)]
    for step, name in sorted(places):
        values = tensors.value(name, step)
        if values.dtype.kind != "U":
            yield step, values


def _chosen(tensors: SavedTensors, parameters: Parameters) -> list[str]:
    """By collection_names and tensor_regex; all tensors without either."""
    collections = _items(parameters["collection_names"])
    patterns = _items(parameters["tensor_regex"])
    return tensors.names(collections, patterns if collections or patterns else [""])


def _items(text: str) -> list[str]:
    return [item.strip() for item in text.split(",") if item.strip()]
