"""Nothing that a stranger has named or answered is obeyed by the terminal that shows it."""

import ast
import json
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from retune.command_group import CommandGroup
from retune.commands.calls import _table
from retune.commands.deploy import print_outputs
from retune.commands.results import Format, write
from retune.endpoints.predictions import Predicted, Prediction, answer_cells, write_predictions
from retune.executions.ending import require_success
from retune.executions.execution import Execution
from retune.executions.live_view import draw, progress_view
from retune.executions.progress import Progress, TuningProgress
from retune.output.terminal import Terminal
from retune.stack import Stack
from tests.cli.conftest import Run
from tests.cli.test_progress import START, trial, tuning_job
from tests.tuning.hostile_text import ALL, HOSTILE, commands

RETUNE = Path(__file__).parents[2] / "retune"
TERMINAL = RETUNE / "output" / "terminal.py"
# What writes, by the module that has it; a table's cells and a Live's view go through a Console.
WRITES = {
    "builtins": {"print"},
    "typer": {"echo", "secho", "style", "prompt", "confirm"},
    "click": {"echo", "secho", "style", "prompt", "confirm"},
    "rich": {"print", "print_json", "get_console"},
    "rich.console": {"Console"},
    "rich.text": {"Text"},
    "sys": {"stdout", "stderr"},
}

each_text = pytest.mark.parametrize("text", [*HOSTILE.values(), ALL], ids=[*HOSTILE, "all"])


@pytest.mark.parametrize(
    "file",
    sorted({*RETUNE.rglob("*.py")} - {TERMINAL}),
    ids=lambda file: file.relative_to(RETUNE).as_posix(),
)
def test_only_the_terminal_module_writes(file: Path) -> None:
    assert list(_writers(ast.parse(file.read_text()))) == []


def test_what_writes_is_found() -> None:
    source = (
        "import sys, typer\nfrom rich.console import Console, Group\n"
        "print(1)\ntyper.echo(2)\nsys.stdout.write(3)\nsys.stdin.read()\n"
    )
    assert [*_writers(ast.parse(source))] == ["rich.console.Console", "print", "echo", "stdout"]


def _writers(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            forbidden = WRITES.get(node.module or "", set())
            yield from (f"{node.module}.{n.name}" for n in node.names if n.name in forbidden)
        elif isinstance(node, ast.Name) and node.id in WRITES["builtins"]:
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield from [node.attr] if node.attr in WRITES.get(node.value.id, set()) else []


@each_text
@pytest.mark.parametrize("format", Format)
def test_results_show_names_and_reasons_as_they_are(
    text: str, format: Format, capsys: pytest.CaptureFixture[str]
) -> None:
    config = {"ParameterRanges": {"CategoricalParameterRanges": [{"Name": text, "Values": [text]}]}}
    job = tuning_job()
    job = replace(job, config={**job.config, **config})
    failed = trial(1, None, status="Failed", failure_reason=text, definition_name=text)
    write(job, [replace(failed, tuned_hyperparameters={text: text})], format)
    written = capsys.readouterr().out
    assert commands(written) == []
    if format is Format.TABLE:
        rows = [line for line in written.splitlines() if line.strip()]
        unescaped = [row.replace("\\|", "").count("|") for row in rows]
        assert len(rows) >= 3
        assert len(set(unescaped)) == 1


def test_reason_that_looks_like_markup_of_rich_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    reason = "[/opt/ml/input/data/train] not found [red] :smiley:"
    write(tuning_job(), [trial(1, None, failure_reason=reason)], Format.TABLE)
    assert f"Completed: {reason}" in capsys.readouterr().out


def test_string_on_the_console_is_no_markup() -> None:
    written = StringIO()
    Terminal(file=written, force_terminal=True).print("[red]:smiley: [link=x]5[/link]\x1b[2J")
    assert written.getvalue() == "[red]:smiley: [link=x]5[/link]\\x1b[2J\n"


@each_text
@pytest.mark.parametrize("drawn", [True, False], ids=["on a terminal", "elsewhere"])
def test_progress_shows_names_as_they_are(text: str, drawn: bool) -> None:
    best = replace(trial(1, 0.5), tuned_hyperparameters={text: text})
    running = Execution("arn", text, "RUNNING", START, None, {}, "", "")
    progress = Progress(running, text, TuningProgress(tuning_job(), best))
    written = StringIO()
    console = Terminal(file=written, width=2000)
    if drawn:
        console.print(draw(progress))
    else:
        with progress_view(console) as show:
            show(progress)
        assert written.getvalue().count("\n") == 1
    assert commands(written.getvalue()) == []
    if text == HOSTILE["rich markup"]:
        assert text in written.getvalue()


@each_text
def test_refusal_shows_the_value_it_is_about(text: str, retune: Run) -> None:
    run = retune("check", "-", stdin=json.dumps({"Strategy": text, text: text}))
    assert run.exit_code == 2
    assert commands(run.output) == []


@each_text
def test_error_shows_name_and_cause_of_an_execution(text: str) -> None:
    app = typer.Typer(cls=CommandGroup)
    ended = Execution("arn", text, "FAILED", START, START, {}, text, text)
    app.command()(lambda: require_success(ended))
    app.callback()(lambda: None)
    run = CliRunner().invoke(app, ["<lambda>"])
    assert run.exit_code == 1
    assert run.output.startswith("Error: The execution ")
    assert commands(run.output) == []


@each_text
def test_output_of_a_stack_is_one_line(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    print_outputs(Stack("retune", {"EndpointName": text}))
    written = capsys.readouterr().out
    assert written.count("\n") == 1
    assert commands(written) == []


@each_text
def test_calls_show_their_errors_as_they_are(text: str) -> None:
    call = {"number": 1, "time": 0, "caller": text, "caller_name": "", "state": "", "status": 400}
    console = Terminal(file=StringIO(), width=2000)
    with console.capture() as captured:
        entry = {**call, "service": text, "operation": text, "error": text, "fault": text}
        console.print(_table([entry]))
    assert commands(captured.get()) == []


def test_prediction_beside_its_label_is_no_formula(capsys: pytest.CaptureFixture[str]) -> None:
    given = (("-1", "0.5"), ("=1+1", "=2"), ("a", "0.1,0.9"), ("a", ""))
    write_predictions(
        [Prediction(label, answer_cells(each)) for label, each in given], Predicted.CSV
    )
    head, *rows = capsys.readouterr().out.splitlines()
    assert head == "actual,predicted"
    assert rows == ["-1,0.5", "'=1+1,'=2", "a,0.1,0.9", "a,"]
