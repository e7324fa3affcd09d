"""Shows progress on stderr: drawn in place on a terminal, a line for each change elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from tuning.report.formats import duration

from retune.progress import Progress, best_text, now, trials_text
from retune.terminal import Terminal, styled

Show = Callable[[Progress], None]


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
    return Group(head, row, styled(best_text(tuning), "green"))


def _place(progress: Progress) -> str:
    """The state it is in, or how it ended."""
    execution = progress.execution
    if not execution.is_running:
        return execution.status.lower()
    return progress.state or "starting"
