"""Drop: hyperparameters whose effect, if there is one, is small beside the others'."""

from __future__ import annotations

from tuning.report.advice.suggestion import Suggestion
from tuning.report.run import Run

FEWEST = 40  # scored trials; with fewer a small effect would not show
NOT_A_HINT = 0.2  # the p-value above which nothing speaks for an effect
MOST_SHARE = 0.15  # that its importance may have, at the upper end of its interval


def drop(run: Run) -> list[Suggestion]:
    """Only when another hyperparameter has a sure effect: then the trials can tell."""
    search, known, best = run.search, run.effects, run.search.best
    without = [name for name, effect in known.items() if effect.p_value > NOT_A_HINT]
    if best is None or len(search.scored) < FEWEST or not without or not run.importance.shares:
        return []
    most = {
        name: max(
            share.high
            for shares in run.importance.shares.values()
            for share in shares
            if share.name == name
        )
        for name in without
    }
    return [
        Suggestion(
            name,
            f"Drop {name}: {len(search.scored)} training jobs show no effect of it, and its "
            f"importance is at most {most[name]:.0%}. Fix it at "
            f"{best.tuned_hyperparameters[name]}, as in the best one, and leave the budget to "
            "the others.",
            fixed={name: best.tuned_hyperparameters[name]},
        )
        for name in without
        if most[name] <= MOST_SHARE and name in best.tuned_hyperparameters
    ]
