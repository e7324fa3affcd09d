"""Runs a training script, and leaves the reason when it fails."""

from __future__ import annotations

import os
import runpy
import shlex
import sys
import traceback
from pathlib import Path

from local_sagemaker.containers.directories import Directories
from local_sagemaker.containers.errors import FAILURE_REASON_MAX_CHARACTERS
from local_sagemaker.containers.memory import is_out_of_memory, out_of_memory
from local_sagemaker.containers.script_mode.hyperparameters import arguments, of_script
from local_sagemaker.containers.script_mode.variables import training_variables


def main(code: Path, program: str) -> int:
    """The exit code of the script, 1 if it raises."""
    directories = Directories.from_environment()
    texts = directories.hyperparameters()
    hyperparameters = of_script(texts, directories.root)
    place = texts.get("sagemaker_submit_directory", str(code)).strip('"')
    os.environ |= training_variables(directories, hyperparameters, place, program)
    sys.argv = [program, *arguments(hyperparameters)]
    command = shlex.join(["python3", *sys.argv])
    print(f"Invoking script with the following command:\n\n{command}\n", flush=True)
    exit_code, error = _run(program)
    if exit_code != 0:
        directories.write_failure(_reason(exit_code, error, command))
    return exit_code


def _run(program: str) -> tuple[int, str]:
    """Exit code of the script, and the last line of what it says why."""
    try:
        runpy.run_path(program, run_name="__main__")
    except SystemExit as end:
        return _exit_code(end)
    except Exception as error:
        traceback.print_exc()
        told = out_of_memory() if is_out_of_memory(error) else str(error)
        return 1, f"{type(error).__name__}: {told}"
    return 0, ""


def _exit_code(end: SystemExit) -> tuple[int, str]:
    """sys.exit takes a number, nothing, or a message, which is said on stderr."""
    if end.code is None or isinstance(end.code, int):
        return end.code or 0, ""
    print(end.code, file=sys.stderr)
    return 1, str(end.code)


def _reason(exit_code: int, error: str, command: str) -> str:
    """In the form of the toolkit in the images; the command comes last, and may be cut off."""
    told = f'ExecuteUserScriptError:\nExitCode {exit_code}\nErrorMessage "{error}"\n'
    return f'{told}Command "{command}"'[:FAILURE_REASON_MAX_CHARACTERS]
