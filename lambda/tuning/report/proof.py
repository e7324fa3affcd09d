"""The page's section on held-out data: verdict, scores and how sure they are."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from tuning.report.formats import number
from tuning.report.html import html, join
from tuning.report.tables import facts_list, metrics_table
from tuning.variables.approval import ApprovalAnswer
from tuning.variables.verdict import Guardrail, Proven, SliceGuardrail, Unproven

GUARDRAIL_CONFIDENCE = 0.9  # each of the two bounds holds with 0.95


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
    table = metrics_table(
        verdict.metric_name, verdict.candidate.metrics, champion, _improvements(verdict)
    )
    return html(
        "{}<section class='scroll' tabindex='0' role='region' aria-label='Metrics of both models'>"
        "{}</section>{}",
        reason,
        table,
        facts_list(_facts(verdict)),
    )


def _improvements(verdict: Proven) -> dict[str, str]:
    """By metric, of those that are known with an interval: the one that decides and guardrails."""
    known = {each.metric_name: (each.improvement, each.interval) for each in verdict.guardrails}
    if verdict.improvement is not None and verdict.interval is not None:
        known[verdict.metric_name] = (verdict.improvement, verdict.interval)
    return {name: _with_interval(*improvement) for name, improvement in known.items()}


def _with_interval(improvement: float, interval: tuple[float, float]) -> str:
    low, high = interval
    chance = ": it may be chance" if low <= 0 <= high else ""
    return f"{number(improvement, 3)} ({number(low, 3)} to {number(high, 3)}{chance})"


def _facts(verdict: Proven) -> dict[str, str]:
    facts = {
        "Decided by": f"{verdict.metric_name} ({verdict.type})",
        "Rows": f"{verdict.rows:,}",
        "Margin": number(verdict.margin),
    }
    if verdict.interval is not None:
        others = f"; of the guardrails {GUARDRAIL_CONFIDENCE:g}" if verdict.guardrails else ""
        facts["Confidence of the interval"] = f"{verdict.interval_confidence:.6g}{others}"
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
