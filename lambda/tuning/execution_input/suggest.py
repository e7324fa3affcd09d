"""The names that are most like one that nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def close(word: str, known: Iterable[str]) -> list[str]:
    """The known names that are like the word, at most two, the most similar first."""
    by_lower_case = {name.lower(): name for name in known}
    return [by_lower_case[name] for name in get_close_matches(word.lower(), by_lower_case, n=2)]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence with the closest name, or else with all of them."""
    names = list(known)
    found = close(word, names)
    return f"Did you mean {found[0]}?" if found else f"Known: {', '.join(names)}."
