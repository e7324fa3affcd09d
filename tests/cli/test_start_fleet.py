"""`retune start --all` beside what contradicts it."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("given", "named"), [(["bank"], "bank"), (["--max-jobs", "2"], "ResourceLimits")]
)
def test_a_fleet_takes_neither_a_model_nor_an_input(
    retune: Any, given: list[str], named: str
) -> None:
    refused = retune("start", "--all", *given)
    assert refused.exit_code == 2
    assert f"--all with {named}: a fleet is a run of every deployed model" in refused.output
