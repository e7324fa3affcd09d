"""`retune ui`."""

from contextlib import nullcontext
from typing import Annotated

import typer

from retune.aws import Aws
from retune.options import StackName
from retune.output.terminal import write, write_line
from retune.stack import DEFAULT_STACK

Port = Annotated[
    int, typer.Option(min=0, max=65535, help="To listen on; without it, one that is free.")
]
NoOpen = Annotated[bool, typer.Option("--no-open", help="Print the link and open no browser.")]


def ui(port: Port = 0, no_open: NoOpen = False, stack: StackName = DEFAULT_STACK) -> None:
    """Show executions, models and running tuning jobs in the browser, until Ctrl-C.

    Graph, charts and logs follow what happens. Executions and tuning jobs can be stopped, models
    approved and endpoints asked. The page is for this machine and who has the printed link; what
    it can do is what the credentials of this shell can do. Ctrl-C ends it with exit code 0.

        retune ui
        retune ui --port 8080 --no-open
    """
    # No other command needs these, and the report's Optuna takes seconds to load.
    from retune.ui.application import create_app
    from retune.ui.looks import Looks
    from retune.ui.opening import opened
    from retune.ui.server import bind, serve
    from retune.ui.session import Session

    looks = Looks(Aws(), stack)
    looks.stack  # noqa: B018  # refuses what is not deployed before it listens
    with bind(port) as listener:
        session = Session(listener.getsockname()[1])
        write_line(session.link)
        write("Ctrl-C ends it.", err=True)
        app = create_app(looks, session)
        with nullcontext() if no_open else opened(session.link):
            serve(app, listener)
