"""The page's section on held-out data: verdict, scores and how sure they are."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from tuning.report.formats import metric, number
from tuning.report.html import html, join
from tuning.report.tables import facts_list, metrics_table
from tuning.variables.approval import ApprovalAnswer
from tuning.variables.verdict import Guardrail, Proven, SliceGuardrail, Unproven


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
        confidence = f"{verdict.interval_confidence:.6g}"
        chance = " (around 0: it may be chance)" if low <= 0 <= high else ""
        facts["Improvement"] = metric(verdict.improvement)
        facts[f"Interval with confidence {confidence}"] = f"{metric(low)} to {metric(high)}{chance}"
    if verdict.look is not None:
        before = number(verdict.look - 1)
        shared = f"{verdict.confidence:g} for all candidates together"
        facts["Candidates that these rows have judged before"] = before
        facts["Confidence of the lower bound"] = f"{verdict.level:.6g} ({shared})"
    if verdict.guardrails:
        facts["Guardrails"] = _guardrails(verdict.guardrails)
    if verdict.slice_coverage:
        facts["Groups of rows"] = _slices(verdict.slices, verdict.slice_coverage)
    if verdict.champion and verdict.champion.model_name is not None:
        facts["Champion"] = verdict.champion.model_name
    data = verdict.data_version
    return {**facts, "Test channel": data.uri, "Version of its data": data.digest}


def _slices(slices: Sequence[SliceGuardrail], coverage: Sequence[str]) -> str:
    broken = [guard.group for guard in slices if guard.broken]
    worse = f"worse for {', '.join(broken)}" if broken else "worse for none, as far as is sure"
    return f"{worse} (guarded are of {'; of '.join(coverage)})"


def _guardrails(guardrails: Sequence[Guardrail]) -> str:
    broken = [guardrail.metric_name for guardrail in guardrails if guardrail.broken]
    held = [guardrail.metric_name for guardrail in guardrails if not guardrail.broken]
    parts = (("broken by", broken), ("held by", held))
    return "; ".join(f"{word} {', '.join(names)}" for word, names in parts if names)
