"""When an execution tunes, and when it would be for nothing."""

from __future__ import annotations

from typing import Literal

RetuneWhen = Literal["DataChanged", "ChampionWorseThan", "Always"]
