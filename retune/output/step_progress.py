"""How far the steps of a long command are: a bar on a terminal, nothing elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import RenderableType
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TimeElapsedColumn

from retune.output.terminal import Terminal, styled

Tell = Callable[[str, float | None], None]


class _Step(ProgressColumn):
    def render(self, task: Task) -> RenderableType:
        return styled(task.description)


@contextmanager
def step_progress(console: Terminal) -> Iterator[Tell]:
    """A function that takes the name of a step and its share that is done, None if unknown."""
    columns = (BarColumn(bar_width=24), TimeElapsedColumn(), _Step())
    shown = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    with shown:
        bar = shown.add_task("", total=None)

        def tell(step: str, done: float | None) -> None:
            shown.update(bar, description=step, total=None if done is None else 1, completed=done)

        yield tell
