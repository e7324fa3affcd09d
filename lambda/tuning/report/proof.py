"""The page's section on held-out data: verdict, scores and how sure they are."""

from __future__ import annotations

from markupsafe import Markup

from tuning.report.formats import metric, number
from tuning.report.html import html, join
from tuning.report.tables import facts_list, metrics_table
from tuning.variables.approval import ApprovalAnswer
from tuning.variables.verdict import Proven, Unproven


def proof(verdict: Proven | Unproven, approval: ApprovalAnswer | None) -> Markup:
    """The verdict's reason, a person's decision if there is one, and scores if there are any."""
    sentences = [verdict.reason]
    if approval:
        sentences.append(f"{approval.model_approval_status}: {approval.approval_description}")
    paragraphs = join(html("<p>{}</p>", sentence) for sentence in sentences)
    reason = html("<section>{}</section>", paragraphs)
    if not isinstance(verdict, Proven):
        return reason
    champion = (verdict.champion and verdict.champion.metrics) or {}
    table = metrics_table(verdict.metric_name, verdict.candidate.metrics, champion)
    return html(
        "{}<section class='scroll'>{}</section>{}", reason, table, facts_list(_facts(verdict))
    )


def _facts(verdict: Proven) -> dict[str, str]:
    facts = {
        "Decided by": f"{verdict.metric_name} ({verdict.type})",
        "Rows": number(verdict.rows),
        "Margin": number(verdict.margin),
    }
    if verdict.interval is not None:
        low, high = verdict.interval
        facts["Improvement"] = metric(verdict.improvement)
        confidence = f"{verdict.interval_confidence:g}"
        chance = " (around 0: it may be chance)" if low <= 0 <= high else ""
        interval = f"{metric(low)} to {metric(high)}{chance}"
        facts[f"Interval with confidence {confidence}"] = interval
    if verdict.champion and verdict.champion.model_name is not None:
        facts["Champion"] = verdict.champion.model_name
    data = verdict.data_version
    return {**facts, "Test channel": data.uri, "Version of its data": data.digest}
