"""The picture of a state machine with the states marked that an execution has been in.

`make pictures` draws the pictures of docs/; here their nodes get classes, which the page's style
colours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from markupsafe import Markup

from retune.executions.visits import Standing, Visit
from retune.project import ROOT

_NODE = re.compile(r'(<g id="[^"]+" class="(?:node|cluster))(">\s*<title>(?:cluster_)?([^<]+))')
_PICTURES = ROOT / "docs"


def graph(machine: str, visits: Sequence[Visit], label: str) -> Markup:
    """The SVG of `workflow` or `recover`; `label` says in words what it shows."""
    standing = marks(visits, _states(machine))

    def marked(found: re.Match[str]) -> str:
        return f"{found[1]} {standing.get(found[3], 'ahead')}{found[2]}"

    text = _NODE.sub(marked, _picture(machine))
    head = Markup('<svg role="img" aria-label="{}" ').format(label)
    return head + Markup(text.removeprefix("<svg "))  # noqa: S704


def marks(visits: Sequence[Visit], drawn: frozenset[str]) -> Mapping[str, Standing]:
    """By state. When a state that is not drawn goes on, such as a Wait, it is the one before."""
    found = {visit.state: visit.standing for visit in visits if visit.state in drawn}
    goes_on = [visit for visit in visits if visit.standing is Standing.CURRENT]
    if goes_on and not any(visit.state in drawn for visit in goes_on):
        earlier = [visit for visit in visits if visit.state in drawn and visit.left]
        if earlier:
            found[max(earlier, key=lambda visit: visit.left or visit.entered).state] = (
                Standing.CURRENT
            )
    return found


@cache
def _picture(machine: str) -> str:
    """As the definitions ask for it, without the head of a file and without a size of its own."""
    text = (_PICTURES / f"{machine}.svg").read_text()
    return re.sub(r'width="[^"]+" height="[^"]+"\s*', "", text[text.index("<svg ") :], count=1)


@cache
def _states(machine: str) -> frozenset[str]:
    return frozenset(found[3] for found in _NODE.finditer(_picture(machine)))
