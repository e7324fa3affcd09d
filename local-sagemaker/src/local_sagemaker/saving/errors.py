"""Why a state is not saved, and why a file is not loaded."""

from __future__ import annotations

from collections.abc import Sequence


class SavingError(ValueError):
    """The state is not saved, or the file not loaded; the text says why."""


class BusyError(SavingError):
    """Work runs that no file can hold."""

    def __init__(self, work: Sequence[str]) -> None:
        super().__init__(
            f"Local AWS is at work, and cannot be saved before that ends: {', '.join(work)}."
        )


class DamagedError(SavingError):
    """The file is no saved state, or not a whole one."""
