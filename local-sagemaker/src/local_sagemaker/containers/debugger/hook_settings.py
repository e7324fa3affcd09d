"""The hook of a training job: what its DebugHookConfig asks for, read as smdebug reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from local_sagemaker.containers.debugger.collection import PATTERNS, Collection
from local_sagemaker.containers.debugger.schedule import Schedule, settings_by_mode

DEFAULT_PATH = "/opt/ml/output/tensors"
# A collection that CollectionConfigurations names does not have the interval of the hook of
# XGBoost, but that of all frameworks (smdebug/core/json_config.py, add_collections_to_manager).
_INTERVAL, _INTERVAL_OF_NAMED = 10, 500
_ALWAYS_SAVED = "metrics"


@dataclass(frozen=True)
class HookSettings:
    """`path` is where tensors go, below /opt/ml; `saved` names those collections that are saved."""

    path: str
    collections: Mapping[str, Collection]
    saved: frozenset[str]

    @classmethod
    def read(cls, config: Mapping[str, Any]) -> HookSettings:
        """From debughookconfig.json.

        Raises:
            ValueError: a parameter is no whole number, or not true or false.
        """
        parameters = config.get("HookParameters") or {}
        settings = settings_by_mode(parameters)
        schedules = {mode: Schedule.of(given, _INTERVAL) for mode, given in settings.items()}
        collections = {
            name: Collection(name, schedules, list(patterns)) for name, patterns in PATTERNS.items()
        }
        saved = {_ALWAYS_SAVED}
        for named in config.get("CollectionConfigurations") or []:
            name = named["CollectionName"]
            given = named.get("CollectionParameters") or {}
            usual = collections.get(name, Collection(name, schedules))
            collections[name] = _configured(usual, given, settings)
            saved.add(name)
        if "include_regex" in parameters:
            collections["default"].patterns += _items(parameters["include_regex"])
            saved.add("default")
        if _truth("save_all", parameters.get("save_all", "false")):
            collections["all"].patterns.append(".*")
            saved |= set(collections)
        return cls(config.get("LocalPath", DEFAULT_PATH), collections, frozenset(saved))


def _configured(
    usual: Collection, parameters: Mapping[str, str], of_hook: Mapping[str, Mapping[str, str]]
) -> Collection:
    """A collection with what CollectionParameters say, and the hook where they say nothing."""
    schedules = {
        mode: Schedule.of({**of_hook[mode], **given}, _INTERVAL_OF_NAMED)
        for mode, given in settings_by_mode(parameters).items()
    }
    patterns = _items(parameters["include_regex"]) if "include_regex" in parameters else []
    return Collection(
        usual.name,
        schedules,
        usual.patterns + patterns,
        reductions=parameters.get("reductions", ""),
        save_histogram=_truth("save_histogram", parameters.get("save_histogram", "true")),
    )


def _items(text: str) -> list[str]:
    return [item.strip() for item in text.split(",")]


def _truth(name: str, text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise ValueError(f"{name} is {text!r}; it must be true or false.")
    return text.lower() == "true"
