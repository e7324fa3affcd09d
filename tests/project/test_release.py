"""`make release`: the notes of a version on which everything agrees."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import release

ROOT = Path(__file__).parents[2]
NOTES = "### Added\n- A door."


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two distributions of version 1.2.0, committed."""
    for folder in (tmp_path, tmp_path / "local-sagemaker"):
        folder.mkdir(exist_ok=True)
        (folder / "pyproject.toml").write_text('[project]\nname = "house"\nversion = "1.2.0"\n')
        write_changelog(folder, "1.2.0 - 2026-11-28")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "commit", "--quiet", "--allow-empty", "--message", "one")
    return tmp_path


def write_changelog(folder: Path, heading: str) -> None:
    sections = [f"## {heading}\n\n{NOTES}", "## 1.1.0 - 2026-01-01\n\nOld."]
    (folder / "CHANGELOG.md").write_text("\n\n".join(["# Changelog", "## Unreleased", *sections]))


def git(repository: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
    subprocess.run(["git", *identity, *arguments], cwd=repository, check=True)


def test_notes_are_those_of_the_version_of_both_distributions(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    release.main(repository)
    notes = f"# house 1.2.0 (2026-11-28)\n\n{NOTES}"
    assert capsys.readouterr().out == f"{notes}\n\n{notes}\n"


@pytest.mark.parametrize("heading", ["1.3.0 - 2026-11-28", "1.2.0"], ids=["other", "no date"])
def test_changelog_that_is_not_of_the_version_is_refused(repository: Path, heading: str) -> None:
    write_changelog(repository / "local-sagemaker", heading)
    with pytest.raises(SystemExit, match=r"local-sagemaker/CHANGELOG\.md"):
        release.main(repository)


def test_tag_of_the_version_is_on_this_commit(repository: Path) -> None:
    git(repository, "tag", "v1.2.0")
    release.main(repository)
    git(repository, "commit", "--quiet", "--allow-empty", "--message", "two")
    with pytest.raises(SystemExit, match="another commit's tag"):
        release.main(repository)


def test_commit_of_another_version_is_refused(repository: Path) -> None:
    git(repository, "tag", "v1.1.0")
    with pytest.raises(SystemExit, match=r"This commit is v1\.1\.0 and the version is 1\.2\.0"):
        release.main(repository)


def test_this_project_can_be_released() -> None:
    for name in release.DISTRIBUTIONS:
        assert "###" in release.release_notes(ROOT / name)
