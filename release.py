"""The release notes of this version, for `make release`: nothing is published.

Each distribution's pyproject.toml and the top of its CHANGELOG must name the same version, and a
git tag of that version, where there is one, must be on this commit.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

DISTRIBUTIONS = (".", "local-sagemaker")
SECTION = re.compile(
    r"^## (?P<version>\S+) - (?P<date>\d{4}-\d\d-\d\d)\n(?P<notes>.*?)(?=^## |\Z)", re.M | re.S
)


class NotReleasable(Exception):
    """Version, CHANGELOG and tag do not agree; the message says which, and what to do."""


def release_notes(folder: Path) -> str:
    """The newest section of a distribution's CHANGELOG, which must be of its version."""
    project = tomllib.loads((folder / "pyproject.toml").read_text())["project"]
    section = SECTION.search((folder / "CHANGELOG.md").read_text())
    if section is None:
        raise NotReleasable(f"{folder}/CHANGELOG.md has no section '## VERSION - YYYY-MM-DD'.")
    if section["version"] != project["version"]:
        raise NotReleasable(
            f"{folder}/pyproject.toml is version {project['version']}, and the newest section of "
            f"{folder}/CHANGELOG.md is {section['version']}. Date the section of the new version."
        )
    return (
        f"# {project['name']} {section['version']} ({section['date']})\n{section['notes'].rstrip()}"
    )


def check_tag(repository: Path, version: str) -> None:
    """A tag v<version> must be on this commit, and this commit can have no other version's tag."""
    here = _git(repository, "tag", "--points-at", "HEAD", "--list", "v*")
    there = set(_git(repository, "tag", "--list", f"v{version}")) - set(here)
    if there:
        raise NotReleasable(f"v{version} is another commit's tag. Raise the version.")
    if others := [tag for tag in here if tag != f"v{version}"]:
        raise NotReleasable(f"This commit is {', '.join(others)} and the version is {version}.")


def _git(repository: Path, *arguments: str) -> list[str]:
    run = subprocess.run(
        ["git", *arguments], cwd=repository, capture_output=True, text=True, check=True
    )
    return run.stdout.split()


def main(repository: Path) -> None:
    """Prints the notes of all distributions, or ends with the reason why there are none."""
    try:
        print("\n\n".join(release_notes(repository / name) for name in DISTRIBUTIONS))
        project = tomllib.loads((repository / "pyproject.toml").read_text())["project"]
        check_tag(repository, project["version"])
    except NotReleasable as reason:
        sys.exit(str(reason))


if __name__ == "__main__":
    main(Path(__file__).parent)
