"""`retune accept`: red at the right row, nothing left, and a second start that goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from retune.acceptance.removal.removal import KINDS
from tests.end_to_end.conftest import (
    environment_of,
)

PLAYED = ("accept", "--yes", "--only", "absent-names", "--only", "maps", "--format", "json")


@dataclass(frozen=True)
class Person:
    """Who types `retune accept` into a shell that talks to local AWS."""

    environment: dict[str, str]
    folder: Path

    def command(self) -> list[str]:
        return ["retune", *PLAYED, "--folder", str(self.folder)]

    def interrupt(self, at: str) -> tuple[int, str]:
        """Presses Ctrl-C when a step begins so; returns the exit code and what stderr says."""
        said = []
        with subprocess.Popen(
            self.command(),
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stderr is not None
            for line in process.stderr:
                said.append(line)
                if line.startswith(at):
                    os.kill(process.pid, signal.SIGINT)
        return process.returncode, "".join(said)

    def run(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(), env=self.environment, capture_output=True, text=True, check=False
        )

    def shown(self) -> dict[str, str]:
        """The last cell of each row of the page, by claim."""
        lines = (self.folder / "acceptance.md").read_text().splitlines()
        rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| `")]
        return {row[0].strip("`"): row[2] for row in rows}


@pytest.fixture(scope="module")
def person(local_aws: Any, tmp_path_factory: pytest.TempPathFactory) -> Person:
    return Person(environment_of(local_aws), tmp_path_factory.mktemp("acceptance"))


@pytest.fixture(scope="module")
def interrupted(local_aws: Any, person: Person) -> tuple[int, str]:
    """With a call that is refused in other words than claimed."""
    local_aws.add_fault("validation", service="sagemaker", operation="ListModelPackages", times=1)
    return person.interrupt(at="play maps")


def left(local_aws: Any) -> list[str]:
    class Asked:
        client = staticmethod(local_aws.client)

    return [name for kind in KINDS for name in kind.find(Asked, "accept")]  # type: ignore[arg-type]


def test_what_is_not_as_claimed_is_red_at_its_row(
    person: Person, interrupted: tuple[int, str]
) -> None:
    shown = person.shown()
    red = [claim for claim, text in shown.items() if "; refuted on" in text]
    assert red == ["absent-package-group"]
    assert "; holds on" in shown["absent-jobs"]


def test_ctrl_c_removes_everything(local_aws: Any, interrupted: tuple[int, str]) -> None:
    code, said = interrupted
    assert code == 130
    assert "removed the stack accept" in said
    assert left(local_aws) == []


def test_a_second_start_plays_the_rest_and_what_was_red(
    local_aws: Any, person: Person, interrupted: tuple[int, str]
) -> None:
    run = person.run()
    assert run.returncode == 0, run.stdout + run.stderr
    told = {each["Claim"]: each["Status"] for each in json.loads(run.stdout)}
    tried = {claim for claim, status in told.items() if status == "holds"}
    assert {"absent-package-group", "distributed-map-tolerates"} <= tried
    assert left(local_aws) == []
    assert not (person.folder / "progress.json").exists()


def test_a_prefix_that_something_has_is_refused(local_aws: Any, person: Person) -> None:
    sagemaker = local_aws.client("sagemaker")
    sagemaker.create_model_package_group(ModelPackageGroupName="accept-mine")
    run = person.run()
    sagemaker.delete_model_package_group(ModelPackageGroupName="accept-mine")
    assert run.returncode == 2
    assert "model package group accept-mine" in run.stderr
