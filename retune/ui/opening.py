"""Opens the page in the person's browser without showing the link to other users."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from markupsafe import Markup

from retune.output.browser import open_page

_PAGE = Markup(
    '<!doctype html><meta http-equiv="refresh" content="0; url={}"><title>retune ui</title>'
)


@contextmanager
def opened(link: str) -> Iterator[None]:
    """While it is in use.

    The link goes through a file that only this user may read: on the command line of the browser
    everybody on this machine could see its token.
    """
    with tempfile.TemporaryDirectory(prefix="retune-ui-") as folder:
        page = Path(folder) / "open.html"
        page.write_text(_PAGE.format(link))
        open_page(page.as_uri())
        yield
