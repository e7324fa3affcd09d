"""The tables of the page, as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from tuning.report.column_gains import ColumnGains
from tuning.report.formats import metric, number
from tuning.report.html import html, join
from tuning.variables.predictions import Prediction

MOST_COLUMNS = 20


def predictions_table(rows: Sequence[Prediction]) -> Markup:
    """What the endpoint predicted for rows of the validation channel, beside their labels."""
    body = join(
        html(
            "<tr>{}{}</tr>",
            _number_cell(_value(row.actual)),
            _number_cell(_value(row.predicted)),
        )
        for row in rows
    )
    return html("<table>{}<tbody>{}</tbody></table>", _head(["Actual", "Predicted"]), body)


def metrics_table(
    decisive: str,
    candidate: Mapping[str, float],
    champion: Mapping[str, float],
    improvements: Mapping[str, str],
) -> Markup:
    """Every metric of both models on held-out data, the decisive one first.

    `improvements` are those that are known, positive when the candidate is better.
    """
    names = [decisive, *(name for name in candidate if name != decisive)]
    compared = ["Champion", "Better by (interval)"] if champion else []
    head = _head(["Metric", "Candidate", *compared])
    rows = join(
        html(
            "<tr class='{}'><th scope='row'>{}</th>{}{}{}</tr>",
            "best" if name == decisive else "",
            name,
            _number_cell(metric(candidate[name]), exact=str(candidate[name])),
            _number_cell(metric(champion.get(name))) if champion else "",
            html("<td class='interval'>{}</td>", improvements.get(name, "")) if champion else "",
        )
        for name in names
    )
    return html("<table>{}<tbody>{}</tbody></table>", head, rows)


def columns_table(columns: ColumnGains) -> Markup:
    """The columns that the model looks at, or why nobody knows them."""
    if not columns.shares:
        return html("<p>The model does not tell. {}</p>", columns.unknown)
    shown = list(columns.shares.items())[:MOST_COLUMNS]
    rows = join(
        html("<tr><th scope='row'>{}</th>{}</tr>", name, _number_cell(f"{share:.1%}"))
        for name, share in shown
    )
    more = len(columns.shares) - len(shown)
    return html(
        "<table>{}<tbody>{}</tbody></table>{}",
        _head(["Column", "Share"]),
        rows,
        html("<p>{} more columns have the rest.</p>", str(more)) if more else "",
    )


def facts_list(facts: Mapping[str, str]) -> Markup:
    """Names and values of what was run."""
    entries = (
        html("<div><dt>{}</dt><dd>{}</dd></div>", name, value) for name, value in facts.items()
    )
    return html("<dl>{}</dl>", join(entries))


def _head(columns: Iterable[str]) -> Markup:
    cells = join(html("<th scope='col'>{}</th>", column) for column in columns)
    return html("<thead><tr>{}</tr></thead>", cells)


def _number_cell(text: str, *, exact: str = "") -> Markup:
    title = html(" title='{}'", exact) if exact and exact != text else ""
    return html("<td class='number'{}>{}</td>", title, text)


def _value(value: float | tuple[float, ...] | None) -> str:
    if isinstance(value, tuple):
        return ", ".join(_value(item) for item in value)
    return "" if value is None else number(value, digits=5)
