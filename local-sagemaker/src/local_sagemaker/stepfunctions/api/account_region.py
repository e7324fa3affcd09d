"""Step Functions of the account in one region: its operations by name."""

from __future__ import annotations

from local_sagemaker.stepfunctions.api import task_answers, validate
from local_sagemaker.stepfunctions.api.activities import Activities
from local_sagemaker.stepfunctions.api.aliases import Aliases
from local_sagemaker.stepfunctions.api.descriptions import Descriptions
from local_sagemaker.stepfunctions.api.executions import Executions
from local_sagemaker.stepfunctions.api.map_runs import MapRuns
from local_sagemaker.stepfunctions.api.region import Operation, Region
from local_sagemaker.stepfunctions.api.starting import Starting
from local_sagemaker.stepfunctions.api.state_machines import StateMachines
from local_sagemaker.stepfunctions.api.test_state import StateTests
from local_sagemaker.stepfunctions.api.versions import Versions
from local_sagemaker.stepfunctions.engine.environment import Environment
from local_sagemaker.stepfunctions.map_runs import run_distributed
from local_sagemaker.stepfunctions.settings import Settings
from local_sagemaker.stepfunctions.tasks.activities import open_activity


class AccountRegion:
    """close() ends every execution."""

    def __init__(self, settings: Settings, name: str) -> None:
        region = Region(settings, name)
        environment = Environment(name, run_distributed, settings)
        self.region = region
        self._starting = Starting(region, environment)
        self.operations: dict[str, Operation] = {
            **StateMachines(region).operations(),
            **Descriptions(region).operations(),
            **Versions(region).operations(),
            **Aliases(region).operations(),
            **self._starting.operations(),
            **Executions(region).operations(),
            **MapRuns(region).operations(),
            **Activities(region).operations(),
            **region.tags.operations(),
            **task_answers.operations(),
            **validate.operations(),
            **StateTests(region, environment).operations(),
        }

    def resume(self) -> None:
        """Let what was loaded into the region's tables go on: activities and executions."""
        for arn in self.region.activities:
            open_activity(arn)
        for started in self.region.started.values():
            started.execution.surround(self._starting.surroundings(started.target))

    def close(self) -> None:
        for started in self.region.started.values():
            started.execution.stop(None, None)
