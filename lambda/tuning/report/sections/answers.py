"""How both models' answers compare with the labels of the test channel."""

from __future__ import annotations

from markupsafe import Markup

from tuning.report.formats import number
from tuning.report.html import html, join
from tuning.report.sections.pictures import calibration_plot, residual_plot
from tuning.report.sections.section import NOTHING
from tuning.variables.answers import Answers, Confusion
from tuning.variables.verdict import Proven


def answers(verdict: Proven) -> Markup:
    """Side by side; nothing of a model whose answers were not compared, as those of a ranking."""
    champion = verdict.champion.answers if verdict.champion else None
    told = [
        _of_model(name, found)
        for name, found in (("Candidate", verdict.candidate.answers), ("Champion", champion))
        if found
    ]
    return html("<div class='answers'>{}</div>", join(told)) if told else NOTHING


def _of_model(name: str, found: Answers) -> Markup:
    return html(
        "<section class='scroll' tabindex='0' role='region' aria-label='{}'><h3>{}</h3>{}{}{}"
        "</section>",
        f"Answers of the {name.lower()}",
        name,
        _confusion(found.confusion, found) if found.confusion else NOTHING,
        _calibration(found) if found.calibration else NOTHING,
        _residuals(found) if found.residuals else NOTHING,
    )


def _confusion(confusion: Confusion, found: Answers) -> Markup:
    classes = range(len(confusion.counts))
    head = join(html("<th scope='col'>{}</th>", f"predicted {each}") for each in classes)
    rows = join(
        html(
            "<tr><th scope='row'>{}</th>{}</tr>",
            f"is {true}",
            join(html("<td class='number'>{}</td>", f"{count:,}") for count in counts),
        )
        for true, counts in enumerate(confusion.counts)
    )
    return html(
        "<p>{}</p><table><thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table>",
        _reading(confusion, found),
        head,
        rows,
    )


def _reading(confusion: Confusion, found: Answers) -> str:
    if confusion.threshold is None:
        return "Rows by their class and the most probable one."
    parts = [f"A row counts as class 1 above {confusion.threshold:g}."]
    if found.base_rate is not None:
        parts.append(f"Of all rows {found.base_rate:.1%} are of class 1")
        (_, false), (_, hits) = confusion.counts
        picked = false + hits
        parts.append(
            f"of the {picked:,} that the model takes for it, {hits / picked:.1%}"
            if picked
            else "the model takes none for it"
        )
        if found.top_rate is not None:
            parts.append(f"of the tenth that it ranks highest, {found.top_rate:.1%}")
        return f"{parts[0]} {'; '.join(parts[1:])}."
    return parts[0]


def _calibration(found: Answers) -> Markup:
    return html(
        "<p>{}</p>{}",
        "Predicted probability and the share that was of class 1, in ten parts of equally many "
        "rows. On the line, a probability of 30 % means 30 %.",
        calibration_plot(found.calibration),
    )


def _residuals(found: Answers) -> Markup:
    mean = number(found.mean_residual or 0, 3)
    return html(
        "<p>{}</p>{}",
        f"Label minus prediction: {mean} in the mean. A hill around 0 is good; to the right "
        "of it the model predicts too little.",
        residual_plot(found.residuals),
    )
