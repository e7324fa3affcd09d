"""ARNs of Step Functions, written and read."""

from __future__ import annotations

from dataclasses import dataclass

from local_sagemaker.protocol.account import ACCOUNT, partition_of
from local_sagemaker.stepfunctions.errors import InvalidArn


def arn(region: str, kind: str, *names: str) -> str:
    """Such as arn:aws:states:us-east-1:123456789012:execution:orders:monday."""
    return ":".join(("arn", partition_of(region), "states", region, ACCOUNT, kind, *names))


def require(text: str, *kinds: str) -> list[str]:
    """The names in an ARN after its kind, which is one of `kinds`. Raises InvalidArn."""
    parts = text.split(":")
    if len(parts) < 7 or parts[0] != "arn" or parts[2] != "states":
        raise InvalidArn(f"Invalid Arn: 'Invalid ARN prefix: {text}'")
    if parts[5] not in kinds:
        raise InvalidArn(f"Invalid Arn: 'Resource type not valid in this context: {parts[5]}'")
    return parts[6:]


@dataclass(frozen=True)
class StateMachineArn:
    """The ARN of a state machine, or a qualified one: of a version, an alias or a map state.

    `qualifier` is a version's number or an alias's name, `label` that of a distributed map; both
    are empty where the ARN has none.
    """

    text: str
    machine: str
    label: str
    qualifier: str

    @property
    def is_qualified(self) -> bool:
        return bool(self.label or self.qualifier)

    @property
    def version(self) -> int | None:
        """A version's number; an alias has a name with something else in it than digits."""
        return int(self.qualifier) if self.qualifier.isdecimal() else None


def state_machine_arn(text: str) -> StateMachineArn:
    """Raises InvalidArn."""
    name, *qualifier = require(text, "stateMachine")
    head = ":".join(text.split(":")[:6])
    machine, _, label = name.partition("/")
    return StateMachineArn(text, f"{head}:{machine}", label, ":".join(qualifier))
