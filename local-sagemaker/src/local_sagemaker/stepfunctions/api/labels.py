"""Distributed maps of a definition, by their labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from local_sagemaker.stepfunctions.definition.map_fields import DISTRIBUTED, mode_of
from local_sagemaker.stepfunctions.map_runs.labels import label_of


def item_processor(
    definition: Mapping[str, Any], label: str, machine_arn: str
) -> dict[str, Any] | None:
    """What runs for each item of the Map state with this label; None where there is none."""
    for name, state in _states(definition):
        is_distributed = state["Type"] == "Map" and mode_of(state) == DISTRIBUTED
        if is_distributed and label_of(state, name, machine_arn) == label:
            processor: dict[str, Any] | None = state.get("ItemProcessor", state.get("Iterator"))
            return processor
    return None


def _states(chain: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Those of chains within too, by their names."""
    for name, state in chain["States"].items():
        yield name, state
        items = [state[name] for name in ("ItemProcessor", "Iterator") if name in state]
        for inner in (*items, *state.get("Branches", [])):
            yield from _states(inner)
