"""What a deployment asks of every run: a key, a network, isolation and tags.

An input may say less than it is free to, fewer subnets for example, and may leave all of it out. It
cannot take any of it away: tuning.checks.requirements refuses that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from tuning.execution_input.execution_input import ExecutionInput, Tag
from tuning.execution_input.sagemaker_model import SageMakerModel
from tuning.execution_input.training import KmsKeyId, OutputDataConfig, VpcConfig

# "Instance store volumes" of the EC2 user guide: a d after the generation, as in m5d and p4d, and
# families that have no other kind. Their disks are encrypted by the hardware, and ResourceConfig
# of the API reference forbids a key.
_LOCAL_STORAGE = re.compile(
    r"ml\.([a-z]+[0-9]+[a-z]*d[a-z]*|g5|g6e?|gr6|g7e?|p5(e|en)?|p6.*|trn1n?|trn2n?)\."
)


def has_local_storage(instance_type: str) -> bool:
    """Whether SageMaker refuses a key for the volumes of such an instance."""
    return _LOCAL_STORAGE.match(instance_type) is not None


class Requirements(SageMakerModel):
    """Empty for a deployment that asks for nothing.

    `kms_key_id` encrypts volumes and whatever jobs and endpoints write. Jobs and models run in
    `vpc_config`, or in a part of it.
    """

    kms_key_id: KmsKeyId | None = None
    vpc_config: VpcConfig | None = None
    enable_network_isolation: bool = False
    tags: tuple[Tag, ...] = ()

    def volume_key(self, *instance_types: str) -> str | None:
        """The key of the volumes of such instances; None where SageMaker takes none."""
        return None if any(map(has_local_storage, instance_types)) else self.kms_key_id

    def applied(self, run: ExecutionInput) -> ExecutionInput:
        """The run with what it leaves out of all this."""
        update: dict[str, Any] = self._encrypted(run) if self.kms_key_id else {}
        if self.vpc_config:
            update["vpc_config"] = run.vpc_config or self.vpc_config
        if self.enable_network_isolation:
            update["enable_network_isolation"] = True
        if self.tags:
            own = {tag.key for tag in self.tags}
            update["tags"] = [*self.tags, *(tag for tag in run.tags or () if tag.key not in own)]
        return run.model_copy(update=update) if update else run

    def _encrypted(self, run: ExecutionInput) -> dict[str, Any]:
        output = run.output_data_config or OutputDataConfig()
        update: dict[str, Any] = {"output_data_config": _with_key(output, self.kms_key_id)}
        flexible = run.hyper_parameter_tuning_resource_config
        if flexible:
            types = (machines.instance_type for machines in flexible.instance_configs)
            update["hyper_parameter_tuning_resource_config"] = self._with_volume_key(
                flexible, types
            )
        else:
            update["resource_config"] = self._of_machines(run.resource_config)
        if run.retrain and run.retrain.resource_config:
            machines = self._of_machines(run.retrain.resource_config)
            update["retrain"] = run.retrain.model_copy(update={"resource_config": machines})
        if run.prepare:
            machines = self._of_machines(run.prepare.resource_config)
            update["prepare"] = run.prepare.model_copy(update={"resource_config": machines})
        return update

    def _of_machines(self, machines: Any) -> Any:
        return self._with_volume_key(machines, [machines.instance_type])

    def _with_volume_key(self, machines: Any, instance_types: Iterable[str]) -> Any:
        key = machines.volume_kms_key_id or self.volume_key(*instance_types)
        return machines.model_copy(update={"volume_kms_key_id": key})


NOTHING_REQUIRED = Requirements()


def _with_key(output: OutputDataConfig, key: str | None) -> OutputDataConfig:
    return output.model_copy(update={"kms_key_id": output.kms_key_id or key})
