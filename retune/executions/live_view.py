"""Shows progress on stderr: drawn in place on a terminal, a line for each change elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from tuning.report.formats import duration, metric

from retune.executions.progress import Progress, TuningProgress, best_text, now, trials_text
from retune.output.curve import curve
from retune.output.terminal import Terminal, styled
from retune.trials.training_job_names import label

Show = Callable[[Progress], None]

NEWEST = 5  # training jobs that are shown
CURVE = 40  # columns


@contextmanager
def progress_view(console: Terminal) -> Iterator[Show]:
    """A function that shows each Progress it is given."""
    if not console.is_terminal:
        yield changed_lines(console)
        return
    with Live(console=console, auto_refresh=False) as live:
        yield lambda progress: live.update(draw(progress), refresh=True)


def changed_lines(console: Terminal) -> Show:
    shown = ""

    def show(progress: Progress) -> None:
        nonlocal shown
        text = plain(progress)
        if text != shown:
            shown = text
            console.print(styled(text), soft_wrap=True)

    return show


def plain(progress: Progress) -> str:
    """One line, the same as long as nothing has happened: no clock in it."""
    tuning = progress.tuning
    parts = [] if tuning is None else [trials_text(tuning), best_text(tuning)]
    words = [_place(progress), *parts]
    return f"{progress.execution.name}: {'; '.join(word for word in words if word)}"


def draw(progress: Progress) -> RenderableType:
    head = styled("").append_text(styled(progress.execution.name, "bold"))
    head.append(f"  {duration(progress.seconds(now()))}  ")
    head.append_text(styled(_place(progress), "cyan" if progress.execution.is_running else "bold"))
    tuning = progress.tuning
    if tuning is None:
        return head
    row = Table.grid(padding=(0, 2))
    row.add_row(
        ProgressBar(total=tuning.asked, completed=tuning.done, width=24),
        trials_text(tuning, now()),
    )
    return Group(head, row, *_trials(tuning), styled(best_text(tuning), "green"))


def _trials(tuning: TuningProgress) -> Iterator[RenderableType]:
    """The newest of them, and how the best has grown."""
    if tuning.trials:
        yield _newest(tuning)
    values = tuning.best_so_far()
    if len(values) > 1:
        first, last = metric(values[0]), metric(values[-1])
        yield styled(f"best so far {first} {curve(values, CURVE)} {last}")


def _newest(tuning: TuningProgress) -> Table:
    table = Table.grid(padding=(0, 2))
    for justify in ("left", "left", "right", "right"):
        table.add_column(justify=justify)
    for trial in tuning.trials[-NEWEST:]:
        is_best = tuning.best is not None and trial.name == tuning.best.name
        cells = (label(trial.name, tuning.job.name), trial.status, metric(trial.value))
        style = "green" if is_best else ""
        table.add_row(*(styled(cell, style) for cell in (*cells, duration(trial.seconds))))
    return table


def _place(progress: Progress) -> str:
    """The state it is in, or how it ended."""
    execution = progress.execution
    if not execution.is_running:
        return execution.status.lower()
    return progress.state or "starting"
