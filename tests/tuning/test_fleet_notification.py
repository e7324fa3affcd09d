"""The message of a fleet: a person reads on a phone how the runs of all models ended."""

from __future__ import annotations

from tuning.failure.fleet_notification import compose, summarize
from tuning.names import fleet_run_name
from tuning.variables.cost import Cost
from tuning.variables.fleet import EndedRun, FleetRun

ID = "arn:aws:states:eu-west-1:123456789012:execution:retune-fleet:monday"
DOLLARS = Cost(amount=1.25, currency="USD", prices="eu-west-1, 2026-11-01")
DEPLOYED = EndedRun(model_name="bank", outcome="Deployed", reason="It is better.", cost=DOLLARS)
SKIPPED = EndedRun(model_name="shop", outcome="Skipped", reason="Nothing has changed.")
FAILED = EndedRun(
    model_name="fraud", outcome="DataMissing", reason="Channels.train:\nno data.", failed=True
)


def runs(*names: str) -> list[FleetRun]:
    return [FleetRun(model_name=name, execution_name=f"monday-{name}") for name in names]


def test_message_says_how_many_which_why_and_what_it_cost() -> None:
    summary = summarize(runs("bank", "fraud", "shop", "toys"), [DEPLOYED, SKIPPED, FAILED])
    told = compose(summary, prefix="retune", execution_id=ID)
    assert told.subject == (
        "retune: 4 models: 1 Deployed, 1 Skipped, 1 DataMissing, 1 WorkflowFailed"
    )
    assert told.outcome == "Fleet"
    assert told.message.splitlines() == [
        "Models: 4",
        "Deployed: 1 (bank)",
        "Skipped: 1 (shop)",
        "DataMissing: 1 (fraud)",
        "WorkflowFailed: 1 (toys)",
        "",
        "fraud: DataMissing: Channels.train: no data.",
        "toys: WorkflowFailed: How it ended is not known: look for its execution.",
        "",
        "Cost of training: 1.25 USD by the prices for eu-west-1, 2026-11-01, without the runs that "
        "failed",
        "Fleet: monday",
        "Execution: https://eu-west-1.console.aws.amazon.com/states/home?region=eu-west-1"
        f"#/v2/executions/details/{ID}",
    ]


def test_message_says_why_fewer_runs_went_on_at_a_time() -> None:
    told = compose(summarize([], [], "2 at a time, not 3."), prefix="retune", execution_id=ID)
    assert "\nConcurrency: 2 at a time, not 3.\n" in told.message


def test_message_of_a_large_fleet_stays_short() -> None:
    names = [f"model-{number}" for number in range(2000)]
    broken = [
        EndedRun(model_name=name, outcome="DataMissing", reason="x " * 500, failed=True)
        for name in names
    ]
    told = compose(summarize(runs(*names), broken), prefix="retune", execution_id=ID)
    assert len(told.message) < 6000
    assert "and 1980 more" in told.message
    assert len(told.subject) <= 100


def test_fleet_of_one_is_one_model() -> None:
    told = compose(summarize(runs("bank"), [DEPLOYED]), prefix="retune", execution_id=ID)
    assert told.subject == "retune: 1 model: 1 Deployed"


def test_fleet_without_models_says_so() -> None:
    told = compose(summarize([], []), prefix="retune", execution_id=ID)
    assert told.subject == "retune: 0 models: none is deployed"


def test_run_of_a_model_has_one_name_of_at_most_80_characters_in_a_fleet() -> None:
    assert fleet_run_name("monday", "bank") == "monday-bank"
    names = {fleet_run_name("x" * 79 + last, "m" * 50) for last in "ab"}
    assert len(names) == 2
    assert all(len(name) <= 80 for name in names)
