"""All that answers requests, put together. It imports moto, which takes seconds."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from local_sagemaker.faults.calls import Calls
from local_sagemaker.faults.gate import Gate
from local_sagemaker.faults.rules import Faults
from local_sagemaker.http.application import LocalAwsApplication
from local_sagemaker.http.fence import Fence
from local_sagemaker.http.permissions import Permissions
from local_sagemaker.http.signed_requests import SignedRequests
from local_sagemaker.process.options import Admitted
from local_sagemaker.protocol.keys import KeyPair
from local_sagemaker.protocol.wsgi import WsgiApplication
from local_sagemaker.sagemaker.application import SageMakerApplication
from local_sagemaker.sagemaker.settings import Settings as SageMakerSettings
from local_sagemaker.saving.application import SavingApplication
from local_sagemaker.saving.state import ServerState
from local_sagemaker.services import adapters
from local_sagemaker.services.events import bus
from local_sagemaker.services.issued_keys import secret_of
from local_sagemaker.services.moto_application import moto_application
from local_sagemaker.services.permissions.managed_rules import lacks_rules
from local_sagemaker.services.permissions.resource_tags import moto_tags_of
from local_sagemaker.services.role_trust import keeps_out
from local_sagemaker.stepfunctions.api.application import StepFunctionsApplication
from local_sagemaker.stepfunctions.settings import Settings as StepFunctionsSettings


def assemble(
    port: int,
    work: Path,
    wait_scale: float,
    keys: KeyPair,
    admitted: Admitted,
    quotas: Mapping[str, int],
) -> tuple[WsgiApplication, Callable[[], None]]:
    """The application that answers on the port, and what ends all that it has started.

    For the parameters see `server.serve`; `keys` are those that clients sign with, and files live
    below `work`. AWS_ENDPOINT_URL leads to the port.
    """
    faults = Faults()
    sagemaker = SageMakerApplication(
        SageMakerSettings(
            endpoint_url=os.environ["AWS_ENDPOINT_URL"],
            work_directory=work / "sagemaker",
            emit=bus.publish_sagemaker,
            goes_wrong=faults.for_work,
            keeps_out=partial(keeps_out, "sagemaker"),
            wait_scale=wait_scale,
            quotas=quotas,
        )
    )
    stepfunctions = StepFunctionsApplication(
        StepFunctionsSettings(
            bus.publish_execution_status, partial(keeps_out, "states"), wait_scale, lacks_rules
        )
    )
    close_adapters = adapters.install(work, wait_scale, faults)
    services = LocalAwsApplication(
        port=port, sagemaker=sagemaker, stepfunctions=stepfunctions, moto=moto_application()
    )
    permitted = Permissions(services, _tags_of(sagemaker, stepfunctions))
    state = ServerState(sagemaker, stepfunctions)
    saving = SavingApplication(Gate(permitted, faults, Calls()), state)
    signed = SignedRequests(saving, keys, secret_of)

    def close() -> None:
        stepfunctions.close()
        close_adapters()
        sagemaker.close()

    return Fence(signed, admitted), close


def _tags_of(
    sagemaker: SageMakerApplication, stepfunctions: StepFunctionsApplication
) -> Callable[[str], Mapping[str, str]]:
    """What tells the tags of any resource by its ARN."""
    own = {"sagemaker": sagemaker.tags_of, "states": stepfunctions.tags_of}

    def tags_of(arn: str) -> Mapping[str, str]:
        service = arn.split(":")[2] if arn.startswith("arn:") else ""
        return own.get(service, moto_tags_of)(arn)

    return tags_of
