"""Help teaches: every command says what it does and shows an example; docs/cli.md is the same."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from retune.cli import app

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "cli.md"


def commands(group: Any, path: str = "retune") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


APP = typer.main.get_command(app)
OPTIONS = {option for param in APP.params for option in param.opts}  # without a command
COMMANDS = dict(commands(APP))
PATHS = [path.split() for path in COMMANDS]


def test_commands_are_those_of_the_contract() -> None:
    of_local = ("start", "stop", "save", "load", "status", "env", "calls")
    local = {f"retune local {name}" for name in of_local}
    faults = {f"retune local faults {name}" for name in ("add", "list", "clear")}
    names = (
        "deploy", "doctor", "prepare", "split", "space", "check", "start", "retrain", "watch",
        "approve", "reject", "results", "rollback", "history", "models", "predict", "prune",
        "accept", "destroy", "compare", "list", "logs", "stop", "ui", "export", "report",
        "package", "import",
    )  # fmt: skip
    endpoint = {f"retune endpoint {name}" for name in ("status", "delete")}
    assert set(COMMANDS) == endpoint | local | faults | {f"retune {name}" for name in names}


@pytest.mark.parametrize(("path", "command"), COMMANDS.items(), ids=COMMANDS.keys())
def test_help_shows_an_example(path: str, command: Any) -> None:
    examples = [line for line in command.help.splitlines() if line.startswith("    ")]
    assert any(path in line for line in examples)


@pytest.mark.parametrize(("path", "command"), COMMANDS.items(), ids=COMMANDS.keys())
def test_each_example_has_a_line_of_its_own_in_80_columns(
    path: str, command: Any, retune: Any
) -> None:
    """typer takes the indentation away below a paragraph of a single line: then they run on."""
    shown = retune(*path.split()[1:], "--help", COLUMNS="80").stdout.splitlines()
    assert max(map(len, shown)) <= 80
    for example in (line.strip() for line in command.help.splitlines() if line.startswith("    ")):
        assert any(line.strip().startswith(example[:40]) for line in shown), example


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_every_option_is_explained(command: Any) -> None:
    assert [option.name for option in command.params if not option.help] == []


def test_help_of_the_whole_tells_the_exit_codes(retune: Any) -> None:
    shown = retune("--help").stdout
    for code in ("0 it is done", "1 it was tried", "2 the command", "3 not deployed"):
        assert code in shown


def test_help_is_shown_without_a_command(retune: Any) -> None:
    assert "Usage:" in retune().output


PAGES = [ROOT / "README.md", *sorted(set((ROOT / "docs").glob("*.md")) - {DOCUMENT})]
# `retune ...` at the beginning of a line, in backticks or behind a pipe, up to what ends it; but
# no assignment to a variable of this name.
TYPED = re.compile(r"(?:^ *|`|\$\(|\| )(retune (?!=)[^`\n)#|>&]+)", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_in_the_documents_exists_with_its_options(page: Path) -> None:
    for words in map(shlex.split, TYPED.findall(page.read_text())):
        if any(path[: len(words)] == words for path in PATHS):
            continue  # a command, or a group of them, by its name alone
        if words[1:] and words[1] in OPTIONS:
            continue
        path = next((path for path in PATHS if words[: len(path)] == path), None)
        assert path is not None, f"{words}: there is no such command"
        known = {option for param in COMMANDS[" ".join(path)].params for option in param.opts}
        assert {word for word in words if re.match(r"--?[a-z]", word)} <= known | {"--help"}, words


def test_version_is_told(retune: Any) -> None:
    assert retune("--version").stdout == "retune 0.2.0\n"


@pytest.mark.slow
def test_document_is_the_help() -> None:
    """To mend: typer retune.cli utils docs --name retune --title "The retune command" \
    --output docs/cli.md
    """
    command: list[str | Path] = [
        Path(sys.executable).with_name("typer"), "retune.cli", "utils", "docs",
        "--name", "retune", "--title", "The retune command",
    ]  # fmt: skip
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert made.stdout.strip() == DOCUMENT.read_text().strip()
