"""The functions and layers that Lambda's operations concern.

An invocation, and what is of one version or alias, is asked for with its qualifier
(function:shop:$LATEST); everything else for the function.
"""

from __future__ import annotations

from collections.abc import Iterator

from local_sagemaker.iam.need import Need
from local_sagemaker.iam.needs.call import Call
from local_sagemaker.iam.needs.known import Known
from local_sagemaker.iam.needs.reference.reference import Action


def function_resources(call: Call, action: Action, _known: Known) -> tuple[str, ...]:
    """Nothing for actions without functions; `given_names` has made an ARN of the name."""
    types = action.resource_types
    if types.keys() & {"layer", "layerVersion"}:
        return _layers(call)
    function, qualifier = call.text("FunctionName"), call.text("Qualifier")
    if function is None or not types.keys() & {"function", "function alias", "function version"}:
        return ()
    qualified = action.name == "InvokeFunction" or "function" not in types
    return (f"{function}:{qualifier}" if qualified and qualifier else function,)


def _layers(call: Call) -> tuple[str, ...]:
    """A layer by its name or its ARN, and its version by number or by an ARN of its own."""
    name, version = call.text("LayerName"), call.text("VersionNumber")
    if name is None:
        return call.texts("Arn")
    layer = name if name.startswith("arn:") else call.arn("lambda", f"layer:{name}")
    return (f"{layer}:{version}" if version else layer,)


def layer_needs(call: Call) -> Iterator[Need]:
    """A function that gets layers: the caller has to be able to read each version."""
    if call.service == "lambda":
        for layer in call.texts("Layers"):
            yield Need("lambda:GetLayerVersion", layer, {})
