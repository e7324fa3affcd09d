"""The page of an acceptance run, as Markdown that can replace the table, and as HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from tuning.report.html import html, join
from tuning.variables.cost import Cost

from retune.acceptance.result import Result, Status
from retune.output.markdown_text import as_markdown

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse}td,th{border:1px solid #999;padding:.4rem;text-align:left;"
    "vertical-align:top;overflow-wrap:anywhere}.refuted,.fault{background:#fdd;color:#400}"
    ".holds{background:#dfd;color:#030}"
)


@dataclass(frozen=True)
class Page:
    """`place` is the region, or local AWS; `day` is when the run began."""

    results: Sequence[Result]
    day: str
    place: str
    is_local: bool
    cost: Cost

    def as_markdown(self) -> str:
        """The table has the columns of docs/unproven.md, whose place it can take."""
        rows = (f"| `{r.claim.id}` | {r.claim.text} | {self._shown(r)} |" for r in self.results)
        head = ("| id | claim | shown |", "|---|---|---|")
        return "\n".join((f"# {self._title}", "", self._summary, "", *head, *rows, ""))

    def as_html(self) -> str:
        """A page that loads nothing and runs nothing."""
        return str(
            html(
                '<!doctype html><html lang="en"><head><meta charset="utf-8">'
                '<meta http-equiv="Content-Security-Policy" '
                "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
                "<title>{}</title><style>{}</style></head><body><h1>{}</h1><p>{}</p>"
                "<table><thead><tr><th>id<th>claim<th>result<th>seen</thead>"
                "<tbody>{}</tbody></table></body></html>",
                self._title,
                Markup(_STYLE),  # noqa: S704
                self._title,
                self._summary,
                join(map(_row, self.results)),
            )
        )

    @property
    def _title(self) -> str:
        return f"Acceptance run of {self.day} in {self.place}"

    @property
    def _summary(self) -> str:
        counts = Counter(result.status for result in self.results)
        parts = ", ".join(f"{counts[status]} {status}" for status in Status if counts[status])
        proof = (
            "Local AWS plays what AWS is taken for: nothing is proved. " if self.is_local else ""
        )
        cost = "" if self.is_local else f" Instances have cost {self.cost}."
        return f"{proof}{parts}.{cost}"

    def _shown(self, result: Result) -> str:
        if result.status is Status.BY_HAND:
            return f"by hand: {result.text}"  # our own Markdown
        scenario = f"by scenario: `{result.claim.scenario}`"
        if result.status is Status.NOT_TRIED:
            return scenario
        seen = f": {as_markdown(result.text)}" if result.text else ""
        return f"{scenario}; {self._status(result)} on {self.day} in {self.place}{seen}"

    def _status(self, result: Result) -> str:
        """Only AWS itself proves something."""
        proves = result.status is Status.HOLDS and not self.is_local
        return "proved" if proves else result.status.value


def _row(result: Result) -> Markup:
    kind = result.status.value.replace(" ", "-")
    return html(
        '<tr class="{}"><td><code>{}</code><td>{}<td>{}<td>{}',
        kind,
        result.claim.id,
        _with_code(result.claim.text),
        result.status.value,
        result.text,
    )


def _with_code(text: str) -> Markup:
    """Text of ours, in which what stands between backticks is code."""
    parts = text.split("`")
    return join(
        html("<code>{}</code>", part) if number % 2 else html("{}", part)
        for number, part in enumerate(parts)
    )
