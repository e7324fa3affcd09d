"""What may be deleted: never what serves, what is newer, what runs, or what is not Retune's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tuning.leftovers.resources import Inventory, Resource, Selection
from tuning.leftovers.retention import idle, left_behind, outdated
from tuning.tags import ENDPOINT_TAG, EXECUTION_TAG

START = datetime(2026, 11, 24, tzinfo=UTC)


def of_run(number: int, name: str, *models: str, endpoint: str = "retune") -> Resource:
    tags = {ENDPOINT_TAG: endpoint, EXECUTION_TAG: f"run-{number}"}
    return Resource(name, START + timedelta(days=number), tags, models)


def history(runs: int = 5, *, serves: int = 5) -> Inventory:
    """A model, a config and a package a day, all of one endpoint; the day `serves` is in use."""
    days = range(1, runs + 1)
    return Inventory(
        configs=tuple(of_run(day, f"config-{day}", f"model-{day}") for day in days),
        models=tuple(of_run(day, f"model-{day}") for day in days),
        packages=tuple(of_run(day, f"package-{day}", f"model-{day}") for day in days),
        in_use={"retune": frozenset({f"config-{serves}"})},
    )


def pruned(inventory: Inventory, keep: int = 2, keep_packages: int = 0) -> Selection:
    return outdated(inventory, "retune", keep=keep, keep_packages=keep_packages)


def test_what_serves_and_as_many_before_it_stay_with_their_packages() -> None:
    expected = ("1", "2")
    found = pruned(history())
    assert sorted(found.configs) == [f"config-{day}" for day in expected]
    assert sorted(found.models) == [f"model-{day}" for day in expected]
    assert sorted(found.packages) == [f"package-{day}" for day in expected]


def test_newest_of_the_other_packages_stay_as_many_as_asked() -> None:
    assert pruned(history(), keep_packages=1).packages == ("package-1",)
    assert pruned(history(), keep_packages=2).packages == ()


def test_what_is_newer_than_what_serves_stays() -> None:
    assert set(pruned(history(serves=3), keep=0).configs) == {"config-1", "config-2"}


def test_what_another_endpoint_uses_or_a_running_execution_made_stays() -> None:
    known = history()
    used = replace(known, in_use={**known.in_use, "theirs": frozenset({"config-1"})})
    assert pruned(used).configs == ("config-2",)
    assert "model-1" not in pruned(used).models
    assert "package-1" not in pruned(used).packages
    running = replace(known, running=frozenset({"run-2"}))
    assert pruned(running) == Selection(("config-1",), ("model-1",), ("package-1",))


def test_what_was_made_for_another_endpoint_stays() -> None:
    assert outdated(history(), "another", keep=0, keep_packages=0) == Selection()


def test_model_that_a_config_names_stays() -> None:
    known = history()
    also = of_run(1, "config-b", "model-1", endpoint="retune-b")
    chosen = pruned(replace(known, configs=(*known.configs, also)))
    assert chosen.models == ("model-2",)


def test_model_that_somebody_elses_config_serves_stays() -> None:
    shared = replace(history(), served_by_others=frozenset({"model-1"}))
    assert pruned(shared).models == ("model-2",)
    left = left_behind(shared, "run-1")
    assert (left.configs, left.models, left.packages) == (("config-1",), (), ())


def test_what_an_execution_made_itself_goes_when_it_prunes() -> None:
    running = replace(history(), running=frozenset({"run-1"}))
    assert "config-1" not in pruned(running).configs
    assert "config-1" in pruned(running.without("run-1")).configs


def test_of_an_endpoint_that_is_gone_the_newest_stay() -> None:
    gone = replace(history(3), in_use={})
    assert pruned(gone, keep=1).configs == ("config-2", "config-1")


def test_rejected_candidate_leaves_only_its_package() -> None:
    lost = history(serves=4)  # of run 5 the config was never used
    assert idle(lost, "run-5") == Selection(("config-5",), ("model-5",))


def test_failed_execution_leaves_nothing() -> None:
    failed = history(serves=4)
    assert left_behind(failed, "run-5") == Selection(("config-5",), ("model-5",), ("package-5",))


@pytest.mark.parametrize("serves", ["served", "pending"])
def test_failed_execution_whose_model_serves_leaves_it_with_its_package(serves: str) -> None:
    in_use = {"config-5"} if serves == "served" else {"config-4", "config-5"}
    inventory = replace(history(), in_use={"retune": frozenset(in_use)})
    assert left_behind(inventory, "run-5") == Selection()
