"""At which steps a collection is saved: save_interval, start_step, end_step, save_steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from local_sagemaker.containers.debugger.event_records import MODE

MODES = ("TRAIN", "EVAL", "PREDICT", MODE)
_NAMES = ("save_interval", "start_step", "end_step", "save_steps")

Settings = Mapping[str, Mapping[str, str]]
"""What parameters say of a schedule, as text, by mode and name."""


@dataclass(frozen=True)
class Schedule:
    """Every `save_interval` steps from `start_step` to before `end_step`, and at `save_steps`."""

    save_interval: int
    save_steps: list[int] = field(default_factory=list)
    start_step: int = 0
    end_step: int | None = None

    @classmethod
    def of(cls, settings: Mapping[str, str], interval: int) -> Schedule:
        """`interval` is what counts without a save_interval.

        Raises:
            ValueError: a setting is no whole number.
        """
        numbers = {
            name: [_whole(name, part) for part in text.split(",")]
            for name, text in settings.items()
        }
        return cls(
            save_interval=numbers.get("save_interval", [interval])[0],
            save_steps=numbers.get("save_steps", []),
            start_step=numbers.get("start_step", [0])[0],
            end_step=numbers.get("end_step", [None])[0],
        )

    def saves(self, step: int) -> bool:
        if step in self.save_steps:
            return True
        begun = step >= self.start_step and (self.end_step is None or step < self.end_step)
        return begun and step % self.save_interval == 0

    def document(self) -> dict[str, Any]:
        return asdict(self)


def settings_by_mode(parameters: Mapping[str, str]) -> Settings:
    """Those of a hook or a collection: global.save_interval comes before save_interval."""
    return {
        mode: _settings(parameters, "") | _settings(parameters, f"{mode.lower()}.")
        for mode in MODES
    }


def _settings(parameters: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {
        name: parameters[f"{prefix}{name}"] for name in _NAMES if f"{prefix}{name}" in parameters
    }


def _whole(name: str, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"{name} has {text!r}, which is no whole number.") from None
