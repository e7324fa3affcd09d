"""What Prune and CleanUp may delete, and what they must never touch."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tuning.resources import ENDPOINT_TAG, EXECUTION_TAG, Inventory, Resource, Selection
from tuning.retention import left_behind, outdated

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


def made(day: int, endpoint: str = "retune", *models: str) -> Resource:
    """What the execution of a day has made; a config serves the models that are given."""
    tags = {ENDPOINT_TAG: endpoint, EXECUTION_TAG: f"execution-{day}"}
    return Resource(f"{endpoint}-{day}", MONDAY + timedelta(days=day), tags, models)


def deployed(days: int, endpoint: str = "retune") -> Inventory:
    """A deployment a day; the last one serves."""
    return Inventory(
        configs=tuple(made(day, endpoint, f"{endpoint}-{day}") for day in range(days)),
        models=tuple(made(day, endpoint) for day in range(days)),
        in_use={endpoint: frozenset({f"{endpoint}-{days - 1}"})},
    )


def test_what_serves_and_as_many_before_as_asked_stay():
    gone = ("retune-1", "retune-0")
    assert outdated(deployed(5), "retune", keep=2) == Selection(gone, gone[::-1])


def test_nothing_goes_when_there_are_no_more_than_asked():
    assert outdated(deployed(3), "retune", keep=2) == Selection()


def test_config_that_another_endpoint_serves_stays_with_its_model():
    inventory = deployed(3)
    used = replace(inventory, in_use={**inventory.in_use, "by-hand": frozenset({"retune-0"})})
    assert outdated(used, "retune", keep=0) == Selection(("retune-1",), ("retune-1",))


def test_model_that_a_config_names_stays():
    inventory = deployed(3)
    mixed = made(0, "retune-b", "retune-0")
    assert outdated(
        replace(inventory, configs=(*inventory.configs, mixed)), "retune", keep=0
    ).models == ("retune-1",)


def test_endpoints_do_not_count_each_others_models():
    one, other = deployed(4), deployed(4, "retune-b")
    both = Inventory(
        one.configs + other.configs, one.models + other.models, {**one.in_use, **other.in_use}
    )
    chosen = outdated(both, "retune-b", keep=1)
    assert chosen.configs == ("retune-b-1", "retune-b-0")


def test_what_is_newer_than_what_serves_stays():
    inventory = replace(deployed(4), in_use={"retune": frozenset({"retune-1"})})
    assert outdated(inventory, "retune", keep=0).configs == ("retune-0",)


def test_what_a_running_execution_has_made_stays_until_it_is_its_own_turn():
    inventory = replace(deployed(3), running=frozenset({"execution-0"}))
    assert outdated(inventory, "retune", keep=0).configs == ("retune-1",)
    own = inventory.without("execution-0")
    assert outdated(own, "retune", keep=0).configs == ("retune-1", "retune-0")


def test_of_an_endpoint_that_is_gone_the_newest_stay():
    inventory = replace(deployed(3), in_use={})
    assert outdated(inventory, "retune", keep=1).configs == ("retune-1", "retune-0")


def test_failed_execution_loses_only_what_it_has_made_and_nobody_uses():
    inventory = deployed(3)
    assert left_behind(inventory, "execution-1") == Selection(("retune-1",), ("retune-1",))
    assert left_behind(inventory, "execution-2") == Selection()


def test_config_that_a_deployment_moves_to_counts_as_used():
    inventory = replace(deployed(3), in_use={"retune": frozenset({"retune-1", "retune-2"})})
    assert left_behind(inventory, "execution-2") == Selection()
