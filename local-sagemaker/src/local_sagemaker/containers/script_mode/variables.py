"""The SM_* variables by which a training script learns where things are."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from local_sagemaker.containers.directories import Directories
from local_sagemaker.containers.script_mode.hyperparameters import arguments

_INFO = 20  # logging.INFO, as the images say it


def training_variables(
    directories: Directories, hyperparameters: Mapping[str, Any], code: str, program: str
) -> dict[str, str]:
    """By name, as text; lists and maps are JSON. `code` is where the job has its code from."""
    resources = directories.resources()
    channels = directories.channels()
    values: dict[str, Any] = {
        "channels": sorted(channels),
        "current_host": resources["current_host"],
        "current_instance_type": resources["current_instance_type"],
        "current_instance_group": resources["current_group_name"],
        "framework_module": os.environ.get("SAGEMAKER_TRAINING_MODULE"),
        "hosts": resources["hosts"],
        "hps": hyperparameters,
        "input_config_dir": directories.root / "input" / "config",
        "input_data_config": channels,
        "input_dir": directories.root / "input",
        "log_level": _INFO,
        "model_dir": directories.model,
        "module_dir": code,
        "module_name": program.removesuffix(".py"),
        "network_interface_name": resources["network_interface_name"],
        "num_cpus": os.cpu_count() or 1,
        "num_gpus": 0,
        "output_data_dir": directories.output_data,
        "output_dir": directories.root / "output",
        "output_intermediate_dir": directories.root / "output" / "intermediate",
        "resource_config": resources,
        "user_args": arguments(hyperparameters),
        "user_entry_point": program,
    }
    values |= {f"channel_{name}": directories.channel(name) for name in channels}
    values |= {f"hp_{name}": value for name, value in hyperparameters.items()}
    texts = {f"SM_{name.upper()}": _text(value) for name, value in values.items()}
    return texts | {"SM_TRAINING_ENV": _text({**values, "job_name": _job_name()})}


def _job_name() -> str:
    return os.environ.get("TRAINING_JOB_NAME", "")


def _text(value: Any) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, default=str, separators=(",", ":"))
    return "" if value is None else str(value)
