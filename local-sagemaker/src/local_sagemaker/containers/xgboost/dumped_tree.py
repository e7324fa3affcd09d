"""A tree of a model as columns, a row a node: what SageMaker Debugger saves as `trees`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from local_sagemaker.containers.xgboost.library import xgboost

_NUMBERS = {"Tree": int, "Node": int, "Split": float, "Gain": float, "Cover": float}
_NOTHING = "nan"  # of text; of numbers it is NaN


def has_trees(model: xgboost.Booster) -> bool:
    config = json.loads(model.save_config())
    return str(config["learner"]["gradient_booster"]["name"]) != "gblinear"


def tree_columns(
    model: xgboost.Booster, number: int, *, with_categories: bool
) -> Iterator[tuple[str, NDArray[Any]]]:
    """trees/Tree, trees/Node, ... of the tree with this number, the nodes by their numbers.

    As parse_tree_model of smdebug/xgboost/utils.py has it: a leaf's value stands in Gain, and of
    the trees of a round, where it has several, one alone is saved. `with_categories` there is
    the column Category too, of splits that no image makes.
    """
    root = json.loads(model.get_dump(with_stats=True, dump_format="json")[number])
    rows = sorted((_row(node, number) for node in _nodes(root)), key=lambda row: row["Node"])
    for column in rows[0] if with_categories else list(rows[0])[:-1]:
        kind = _NUMBERS.get(column, str)
        yield f"trees/{column}", np.array([row[column] for row in rows], dtype=kind)


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("children", []):
        yield from _nodes(child)


def _row(node: dict[str, Any], tree: int) -> dict[str, Any]:
    number, is_leaf = node["nodeid"], "leaf" in node
    children = {
        column: _NOTHING if is_leaf else f"{tree}-{node[name]}"
        for column, name in (("Yes", "yes"), ("No", "no"), ("Missing", "missing"))
    }
    return {
        "Tree": tree,
        "Node": number,
        "ID": f"{tree}-{number}",
        "Feature": "Leaf" if is_leaf else node["split"],
        "Split": float("nan") if is_leaf else node["split_condition"],
        **children,
        "Gain": node["leaf"] if is_leaf else node["gain"],
        "Cover": node["cover"],
        "Category": _NOTHING,
    }
