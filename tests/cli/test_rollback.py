"""`retune rollback`: which champion is the one before."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from retune.endpoints.champions import Champion, named, one_before
from retune.errors import InputError, UnavailableError


def champions(serving: str | None, *names: str) -> list[Champion]:
    """Newest first, one a day."""
    made = [
        Champion(name, datetime(2026, 11, day, tzinfo=UTC), serves=name == serving)
        for day, name in enumerate(names, start=1)
    ]
    return made[::-1]


def test_one_before_is_the_newest_that_is_older_than_what_serves() -> None:
    assert one_before(champions("third", "first", "second", "third"), "ml").name == "second"


def test_after_a_rollback_it_is_older_still_and_never_what_was_replaced() -> None:
    assert one_before(champions("second", "first", "second", "third"), "ml").name == "first"


def test_nothing_earlier_is_said_with_what_keeps_champions() -> None:
    with pytest.raises(UnavailableError, match=r"No champion before first is kept.*KeepModels"):
        one_before(champions("first", "first", "second"), "ml")


def test_what_serves_without_a_run_has_none_before_it() -> None:
    with pytest.raises(UnavailableError, match=r"was not deployed by a run.*--to"):
        one_before(champions(None, "first"), "ml")


def test_champion_that_is_named_must_be_kept() -> None:
    kept = champions("second", "first", "second")
    assert named(kept, "first", "ml").name == "first"
    with pytest.raises(InputError, match=r"--to 'frist' is no champion of .* mean first\?"):
        named(kept, "frist", "ml")
    with pytest.raises(InputError, match="None is kept"):
        named([], "first", "ml")
