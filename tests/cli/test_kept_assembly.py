"""On local AWS an app is synthesized again when something has changed that it is made of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from retune.deployment import kept_assembly

Deploy = Callable[..., str]
PREFIX = "retune:name_prefix"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("stacks", "models", "build/layers"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "app.py").write_text("app")
    (tmp_path / "stacks" / "retune.py").write_text("stack")
    monkeypatch.setattr(kept_assembly, "ROOT", tmp_path)
    monkeypatch.setattr(kept_assembly, "KEPT", tmp_path / "build" / "assemblies")
    monkeypatch.setattr(kept_assembly, "_LAYERS", tmp_path / "build" / "layers")
    return tmp_path


@pytest.fixture
def deploy(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Deploy:
    """What is deployed: the how-manieth synthesis of the app."""
    syntheses: list[int] = []

    def run(**context: str) -> str:
        assembly = tmp_path_factory.mktemp("assembly")

        def synthesize() -> None:
            syntheses.append(1)
            (assembly / "template.json").write_text(f"number {len(syntheses)}")

        kept_assembly.fill(assembly, {PREFIX: "retune", **context}, synthesize)
        return (assembly / "template.json").read_text()

    return run


def test_what_nothing_has_changed_of_is_deployed_again(deploy: Deploy) -> None:
    assert [deploy(), deploy()] == ["number 1", "number 1"]


@pytest.mark.parametrize(
    "changed", ["app.py", "stacks/retune.py", "stacks/new.py", "retune.toml", "models/bank.json"]
)
def test_a_file_that_the_app_reads_counts(deploy: Deploy, project: Path, changed: str) -> None:
    deploy()
    (project / changed).write_text("# changed")
    assert deploy() == "number 2"


def test_a_file_that_was_removed_counts(deploy: Deploy, project: Path) -> None:
    deploy()
    (project / "stacks" / "retune.py").unlink()
    assert deploy() == "number 2"


def test_a_layer_built_anew_counts(deploy: Deploy, project: Path) -> None:
    deploy()
    (project / "build" / "layers" / "core-2.zip").touch()
    assert deploy() == "number 2"


def test_models_of_another_folder_count(deploy: Deploy, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    deploy(**{"retune:models": str(theirs)})
    (theirs / "bank.json").write_text("{}")
    assert deploy(**{"retune:models": str(theirs)}) == "number 2"


def test_options_and_region_count(deploy: Deploy, monkeypatch: pytest.MonkeyPatch) -> None:
    deploy()
    assert deploy(**{PREFIX: "bank"}) == "number 2"
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    assert deploy() == "number 3"


def test_compiled_files_do_not_count(deploy: Deploy, project: Path) -> None:
    deploy()
    (project / "stacks" / "__pycache__").mkdir()
    (project / "stacks" / "__pycache__" / "retune.pyc").touch()
    assert deploy() == "number 1"


def test_only_the_last_few_are_kept(deploy: Deploy, project: Path) -> None:
    for number in range(6):
        deploy(**{PREFIX: f"bank-{number}"})
    kept = project / "build" / "assemblies"
    assert len(list(kept.iterdir())) == 3
    assert deploy(**{PREFIX: "bank-5"}) == "number 6"


def test_a_synthesis_that_fails_leaves_nothing(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    def synthesize() -> None:
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        kept_assembly.fill(tmp_path_factory.mktemp("assembly"), {}, synthesize)
    assert not (project / "build" / "assemblies").exists()
