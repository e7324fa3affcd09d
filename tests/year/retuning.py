"""A week's run as a schedule starts it, and what it was worth in truth."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from tuning.prices.price_list import price

from tests.year.truth import read, true_score
from tests.year.upload import Channels
from tests.year.weeks import Week

# Truth is measured to about this; a smaller difference is none.
RESOLUTION = 0.002
Run = Callable[[dict[str, Any]], dict[str, Any]]  # input -> DescribeExecution when it has ended
Heard = Callable[[str], list[dict[str, Any]]]  # execution -> messages of SNS about it


@dataclass(frozen=True)
class Record:
    """What became of a week. `better` is what the candidate is truly better by, where there is
    one and a champion."""

    week: Week
    outcome: str
    reason: str
    tuned: int  # training jobs that were paid for
    cost: float
    seconds: float
    better: float | None
    messages: tuple[str, ...]

    @property
    def expected(self) -> bool:
        return self.outcome in self.week.expected

    @property
    def wrong(self) -> bool:
        """A champion that was replaced by something worse than it."""
        return self.outcome == "Deployed" and (self.better or 0) < -RESOLUTION


@dataclass
class Retuning:
    """A model that is retuned week by week with `document`, the input of its schedule."""

    client: Callable[[str], Any]
    run: Run
    heard: Heard
    document: dict[str, Any]
    endpoint: str
    channels: Channels

    def live(self, week: Week) -> Record:
        """The week's data come, and the schedule fires."""
        self.channels.receive(week)
        champion = self._champion()
        ended = self.run(self.document | self._of_week(week))
        result = json.loads(ended.get("output") or "{}")
        return Record(
            week=week,
            outcome=str(result.get("Outcome") or ended.get("error")),
            reason=str(result.get("Reason") or verdict(result) or ended.get("cause")),
            tuned=sum(result.get("TrainingJobStatusCounters", {}).values()),
            cost=cost(result),
            seconds=(ended["stopDate"] - ended["startDate"]).total_seconds(),
            better=self._better(result, champion, week),
            messages=tuple(said["Message"] for said in self.heard(ended["executionArn"])),
        )

    def _of_week(self, week: Week) -> dict[str, Any]:
        """What the week changes of the input: such as a budget for one run in a month."""
        if week.event == "false":
            return {"RetuneWhen": "Always"}
        if week.event != "poor":
            return {}
        hour = price("us-east-1", "Training", "ml.m5.large").amount
        assert hour is not None
        return {"MonthlyBudget": self.document["ResourceLimits"]["MaxNumberOfTrainingJobs"] * hour}

    def _better(self, result: dict[str, Any], champion: str | None, week: Week) -> float | None:
        if champion is None or "BestTrainingJob" not in result:
            return None
        job = self.client("sagemaker").describe_training_job(
            TrainingJobName=result["BestTrainingJob"]
        )
        worth = partial(self._worth, week=week)
        return worth(job["ModelArtifacts"]["S3ModelArtifacts"]) - worth(champion)

    def _worth(self, artefact: str, week: Week) -> float:
        return true_score(read(self.client("s3"), artefact), week)

    def _champion(self) -> str | None:
        """The artefact of the model that serves."""
        sagemaker = self.client("sagemaker")
        found = sagemaker.list_endpoints(NameContains=self.endpoint)["Endpoints"]
        if not found:
            return None
        name = sagemaker.describe_endpoint(EndpointName=self.endpoint)["EndpointConfigName"]
        config = sagemaker.describe_endpoint_config(EndpointConfigName=name)
        (variant,) = config["ProductionVariants"]
        model = sagemaker.describe_model(ModelName=variant["ModelName"])
        return str(model["PrimaryContainer"]["ModelDataUrl"])


def cost(result: dict[str, Any]) -> float:
    """In USD; a run that tuned nothing has cost nothing."""
    return float(result["Cost"]["Cost"]["Amount"]) if "Cost" in result else 0.0


def verdict(result: dict[str, Any]) -> str:
    return str(result.get("Verdict", {}).get("Reason", ""))
