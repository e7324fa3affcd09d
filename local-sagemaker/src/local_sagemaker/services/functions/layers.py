"""Layers: their content is looked at when a version is published.

Those of other accounts cannot be looked up; installed packages stand for them, as for all layers.
"""

from __future__ import annotations

from typing import Any

from moto.awslambda.models import LambdaFunction, LayerDataType, LayerVersion, lambda_backends

from local_sagemaker.services.functions.code import check_code, check_stored
from local_sagemaker.services.patching import replace


def install() -> None:
    initialize, layers_of_account = LayerVersion.__init__, LambdaFunction._get_layers_data

    def initialize_checked(layer: Any, spec: dict[str, Any], *rest: Any, **named: Any) -> None:
        initialize(layer, spec, *rest, **named)
        check_stored(spec["Content"], layer.code_bytes)
        check_code(layer.code_bytes, layer.code_sha_256)

    def layers_data(function: Any, arns: list[str]) -> list[LayerDataType]:
        own = [arn for arn in arns if _account_of(arn) == function.account_id]
        found = {layer["Arn"]: layer for layer in layers_of_account(function, own)}
        return [found.get(arn) or {"Arn": arn, "CodeSize": 0} for arn in arns]

    replace(LayerVersion, "__init__", initialize_checked)
    replace(LambdaFunction, "_get_layers_data", layers_data)


def layers_of(account: str, region: str, arns: list[str]) -> list[LayerVersion]:
    """Those that this account has."""
    backend = lambda_backends[account][region]
    found = (backend.layers_versions_by_arn(arn) for arn in arns if _account_of(arn) == account)
    return [layer for layer in found if layer]


def _account_of(arn: str) -> str:
    return arn.split(":")[4] if arn.count(":") > 4 else ""
