"""The deployed stack: what its outputs tell the other commands."""

from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from retune.aws import Aws, endpoint_url
from retune.errors import UnavailableError
from retune.local_server import hint

DEFAULT_STACK = "retune"


@dataclass(frozen=True)
class Stack:
    """A deployed Retune."""

    name: str
    outputs: dict[str, str]

    @property
    def bucket(self) -> str:
        return self.outputs["DataBucketName"]

    @property
    def state_machine_arn(self) -> str:
        return self.outputs["StateMachineArn"]

    @property
    def fleet_state_machine_arn(self) -> str:
        """Raises UnavailableError when an older version was deployed."""
        try:
            return self.outputs["FleetStateMachineArn"]
        except KeyError:
            raise UnavailableError(
                f"The stack {self.name!r} is of a version without fleets. Run `retune deploy`."
            ) from None

    @property
    def name_prefix(self) -> str:
        """What begins the names of everything; the state machine has it as its own."""
        return self.state_machine_arn.split(":")[-1]

    @property
    def endpoint_name(self) -> str:
        return self.outputs["EndpointName"]


def find_stack(aws: Aws, name: str) -> Stack:
    """Reads the outputs of a stack.

    Raises:
        UnavailableError: there is no such stack, or it is not one of Retune that is complete.
    """
    described = describe_stack(aws, name)
    if described is None:
        place = endpoint_url() or "this account and region"
        raise UnavailableError(
            f"There is no stack {name!r} at {place}. Run `retune deploy`, or name another stack "
            f"with --stack.{hint()}"
        )
    outputs = {output["OutputKey"]: output["OutputValue"] for output in described["Outputs"]}
    missing = {"DataBucketName", "StateMachineArn", "EndpointName"} - outputs.keys()
    if missing:
        raise UnavailableError(
            f"The stack {name!r} is {described['StackStatus']} and lacks the outputs "
            f"{', '.join(sorted(missing))}. Is it Retune's? Run `retune deploy`."
        )
    return Stack(name, outputs)


def describe_stack(aws: Aws, name: str) -> dict[str, Any] | None:
    """DescribeStacks of one stack, or None when CloudFormation does not know it."""
    try:
        answer = aws.client("cloudformation").describe_stacks(StackName=name)
    except ClientError as error:
        if "does not exist" in error.response["Error"]["Message"]:
            return None
        raise
    described: dict[str, Any] = answer["Stacks"][0]
    return {"Outputs": [], **described}
