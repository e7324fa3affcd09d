"""A second run for an endpoint: it learns from the first, updates the endpoint, and prunes."""

from __future__ import annotations

from collections.abc import Iterator

from retune.acceptance.scenario import Bound, Observation, Scenario, equals
from retune.acceptance.stage import ANY_CANDIDATE, INSTANCE, SMALL_RUN, Stage

_KEEP_NOTHING = {"Retention": {"KeepModels": 0, "KeepModelPackages": 0}}


def play(stage: Stage) -> Iterator[Observation]:
    stage.ensure_endpoint()
    more = {"WarmStartConfig": {"ParentHyperParameterTuningJobs": "Auto"}, "RandomSeed": 4}
    run = stage.run({**SMALL_RUN, **ANY_CANDIDATE, **_KEEP_NOTHING, **more})
    reached = run.output.get("Outcome", f"{run.error}: {run.cause}")
    yield equals("warm-start-auto", "Deployed", reached)
    pruned = run.output.get("Pruned", {})
    seen = pruned.get("Error") or ("deleted" if pruned.get("Deleted") else "nothing was deleted")
    yield equals("rights-to-delete", "deleted", seen)


SCENARIO = Scenario(
    name="second-run",
    about="a second run for an endpoint",
    claims=("warm-start-auto", "rights-to-delete"),
    minutes=90,
    play=play,
    bounds=(Bound("Training", INSTANCE, 2), Bound("Hosting", INSTANCE, 2)),
)
