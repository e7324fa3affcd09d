"""What operations of Step Functions are asked on where the reference names no resource.

Its denials do: SendTaskSuccess and its like on the state machine or the activity whose task waits
(aws/aws-cdk#8486, NOAA-OWP/hydrovis#837), lists and validation on stateMachine:*
(scribd/terraform-aws-datadog#18, DataBiosphere/azul#8006). A version or an alias is asked for on
its state machine (Step Functions guide, "Authorization for versions and aliases").
"""

from __future__ import annotations

from local_sagemaker.iam.needs.call import Call
from local_sagemaker.iam.needs.known import Known
from local_sagemaker.iam.needs.reference.reference import Action

_ALL = ("ListStateMachines", "ValidateStateMachineDefinition")
_MACHINES = (
    "[stateMachineArn, stateMachineAliasArn, stateMachineVersionArn,"
    " routingConfiguration[].stateMachineVersionArn][]"
)
_PARTS = 7  # arn:partition:states:region:account:stateMachine:name, and then what is told apart


def state_machine_resources(call: Call, action: Action, known: Known) -> tuple[str, ...]:
    """Nothing for operations that name their resource in another way."""
    token = call.text("taskToken")
    if token is not None:
        held = known.look_up("holder of a token", token, call.region)
        return (held or call.arn("states", "stateMachine:*"),)
    machines = call.texts(_MACHINES) if "statemachine" in action.resource_types else ()
    if machines:
        return tuple(dict.fromkeys(_unqualified(arn) for arn in machines))
    is_unnamed = action.name in _ALL or action.name == "CreateStateMachineAlias"
    return (call.arn("states", "stateMachine:*"),) if is_unnamed else ()


def _unqualified(arn: str) -> str:
    """Without version, alias or the label of a map."""
    return ":".join(arn.split(":")[:_PARTS]).partition("/")[0]
