"""What operations of Step Functions are asked on where the reference names no resource.

Its denials do: SendTaskSuccess and its like on the state machine or the activity whose task waits
(aws/aws-cdk#8486, NOAA-OWP/hydrovis#837), lists and validation on stateMachine:*
(scribd/terraform-aws-datadog#18, DataBiosphere/azul#8006).
"""

from __future__ import annotations

from local_sagemaker.iam.needs.call import Call
from local_sagemaker.iam.needs.known import Known
from local_sagemaker.iam.needs.reference.reference import Action

_ALL = ("ListStateMachines", "ValidateStateMachineDefinition")


def state_machine_resources(call: Call, action: Action, known: Known) -> tuple[str, ...]:
    """Nothing for operations that name their resource."""
    token = call.text("taskToken")
    if token is not None:
        held = known.look_up("holder of a token", token, call.region)
        return (held or call.arn("states", "stateMachine:*"),)
    return (call.arn("states", "stateMachine:*"),) if action.name in _ALL else ()
