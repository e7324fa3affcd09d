"""SageMaker's XGBoost and scikit-learn images with a script, where there is no Docker.

The script runs in this server's Python, whose packages stand for those of the image.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from local_sagemaker.containers import script_mode
from local_sagemaker.containers.directories import OPT_ML, Directories
from local_sagemaker.containers.inference_server import KEY_HEADER, KEY_VARIABLE
from local_sagemaker.files.foreign_names import RefusedName, is_within, path_below
from local_sagemaker.sagemaker.images.container import Container
from local_sagemaker.sagemaker.images.python_script import start_python
from local_sagemaker.sagemaker.images.script_mode import CODE, CodeMissing, unpack_local

_PROGRAM, _DIRECTORY = "sagemaker_program", "sagemaker_submit_directory"
# By which an image says which framework it is.
_PACKAGES = {
    "sagemaker-xgboost": "sagemaker_xgboost_container",
    "sagemaker-scikit-learn": "sagemaker_sklearn_container",
}


@dataclass(frozen=True)
class ScriptImage:
    """`repository` is sagemaker-xgboost or sagemaker-scikit-learn; `uri` names the image."""

    uri: str
    repository: str
    takes_script: ClassVar[bool] = True

    def train(self, *, ml_root: Path, environment: Mapping[str, str], isolated: bool) -> Container:
        """Start the script that hyperparameters or variables name, on what lies below ml_root.

        Raises:
            CodeMissing: there is no such script, or it wants packages to be installed.
        """
        module = f"{_PACKAGES[self.repository]}.training:main"
        variables = {**environment, "SAGEMAKER_TRAINING_MODULE": module}
        return self._start("train", ml_root, Directories(ml_root).hyperparameters(), variables)

    def serve(self, *, ml_root: Path, environment: Mapping[str, str], port: int) -> Container:
        """Start a server of the script's functions.

        Raises:
            CodeMissing: there is no such script, or it wants packages to be installed.
        """
        key = secrets.token_urlsafe()
        variables = {
            **environment,
            "SAGEMAKER_SERVING_MODULE": f"{_PACKAGES[self.repository]}.serving:main",
            "SAGEMAKER_BIND_TO_PORT": str(port),
            KEY_VARIABLE: key,
        }
        return self._start("serve", ml_root, {}, variables, headers={KEY_HEADER: key})

    def _start(
        self,
        command: str,
        ml_root: Path,
        hyperparameters: Mapping[str, str],
        environment: Mapping[str, str],
        headers: Mapping[str, str] | None = None,
    ) -> Container:
        program = _setting(_PROGRAM, hyperparameters, environment)
        if not program:
            raise CodeMissing(
                f"'{self.uri}' runs a script, and none is given: name it in {_PROGRAM} and its "
                f"archive in {_DIRECTORY}."
            )
        code = _code(ml_root, _setting(_DIRECTORY, hyperparameters, environment))
        _check(code, program)
        arguments = [command, str(Path(OPT_ML, code.relative_to(ml_root))), program]
        return start_python(
            f"{script_mode.__name__}.__main__",
            arguments,
            ml_root=ml_root,
            environment=environment,
            headers=headers or {},
        )


def _setting(name: str, hyperparameters: Mapping[str, str], environment: Mapping[str, str]) -> str:
    """Of a hyperparameter, which the SDKs write as JSON, or else of the variable."""
    return hyperparameters.get(name, environment.get(name.upper(), "")).strip('"')


def _code(ml_root: Path, place: str) -> Path:
    """The folder of the code, which S3, a channel or the model has brought."""
    place = place.removeprefix("file://")
    if place.startswith(OPT_ML):
        local = ml_root / place.removeprefix(OPT_ML).strip("/")
        if not is_within(local, ml_root):
            raise CodeMissing(f"The code at {place} ({_DIRECTORY}) is not in the container.")
        if local.is_file():
            return unpack_local(local, ml_root)
        return local
    brought, with_model = ml_root / CODE, ml_root / "model" / "code"
    return with_model if with_model.is_dir() and not brought.is_dir() else brought


def _check(code: Path, program: str) -> None:
    try:
        script = path_below(code, program)
    except RefusedName as refusal:
        raise CodeMissing(f"{_PROGRAM} {refusal}.") from refusal
    if not script.is_file() or not is_within(script, code):
        raise CodeMissing(f"The code has no '{program}', the script that {_PROGRAM} names.")
    if script.suffix != ".py":
        raise CodeMissing(
            f"{_PROGRAM} is '{program}': without Docker local AWS runs Python scripts only, .py."
        )
    for name in ("requirements.txt", "setup.py"):
        if (code / name).exists():
            raise CodeMissing(
                f"The code has a {name}: without Docker local AWS installs no packages, those of "
                "its own Python stand for the image's. Install them there and leave the file out."
            )
