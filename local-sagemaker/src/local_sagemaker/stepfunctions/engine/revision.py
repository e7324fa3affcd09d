"""What an execution runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from local_sagemaker.stepfunctions.definition.machine import Chain

MachineType = Literal["STANDARD", "EXPRESS"]


@dataclass(frozen=True)
class Revision:
    """A state machine as it is when an execution starts; updates do not change it.

    `version_arn` and `alias_arn` are those that the execution was started by, if it was.
    """

    arn: str
    name: str
    chain: Chain
    role_arn: str
    type: MachineType = "STANDARD"
    version_arn: str | None = None
    alias_arn: str | None = None

    @property
    def is_express(self) -> bool:
        return self.type == "EXPRESS"

    @property
    def timeout_seconds(self) -> float | None:
        """TimeoutSeconds of the machine; express executions have five minutes at most.

        https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
        """
        said: Any = self.chain.said.get("TimeoutSeconds")
        return said if not self.is_express else min(said or _EXPRESS_SECONDS, _EXPRESS_SECONDS)


_EXPRESS_SECONDS = 300
