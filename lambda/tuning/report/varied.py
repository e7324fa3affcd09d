"""Which hyperparameters the scored trials have really varied."""

from __future__ import annotations

from tuning.report.search import Search

# The lesson's own question: how do the step size and the depth of the trees work together?
LESSON_PAIR = ("eta", "max_depth")


def varied_hyperparameters(search: Search) -> list[str]:
    """Those of which scored trials tried at least two values, in the ranges' order."""
    tuned = [trial.tuned_hyperparameters for trial in search.scored]
    return [name for name in search.ranges if len({each.get(name) for each in tuned}) > 1]


def shared_hyperparameters(search: Search) -> list[str]:
    """Those of them that every scored trial tuned: definitions of one tuning job can differ."""
    tuned = [trial.tuned_hyperparameters for trial in search.scored]
    return [name for name in varied_hyperparameters(search) if all(name in each for each in tuned)]


def choose_pair(names: list[str], ranked: list[str]) -> tuple[str, str] | None:
    """Two to look at together: the lesson's, or else the most important ones.

    `names` are varied; `ranked` are some of them, the most important first.
    """
    if set(LESSON_PAIR) <= set(names):
        return LESSON_PAIR
    order = ranked or names
    return (order[0], order[1]) if len(order) > 1 else None
