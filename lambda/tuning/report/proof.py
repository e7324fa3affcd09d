"""The page's section on held-out data: verdict, scores and how sure they are."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from tuning.report.formats import metric, number
from tuning.report.tables import facts_list, metrics_table


def proof(verdict: Mapping[str, Any], approval: Mapping[str, str] | None) -> str:
    """The reason, a person's decision, and what it rests on when there was a test channel."""
    sentences = [verdict["Reason"]]
    if approval:
        sentences.append(f"{approval['ModelApprovalStatus']}: {approval['ApprovalDescription']}")
    paragraphs = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    reason = f"<section>{paragraphs}</section>"
    if not verdict["HeldOut"]:
        return reason
    champion = verdict.get("Champion", {}).get("Metrics", {})
    table = metrics_table(verdict["MetricName"], verdict["Candidate"]["Metrics"], champion)
    return f"{reason}<section class='scroll'>{table}</section>{facts_list(_facts(verdict))}"


def _facts(verdict: Mapping[str, Any]) -> dict[str, str]:
    facts = {
        "Decided by": f"{verdict['MetricName']} ({verdict['Type']})",
        "Rows": number(verdict["Rows"]),
        "Margin": number(verdict["Margin"]),
    }
    if "Interval" in verdict:
        low, high = verdict["Interval"]
        facts["Improvement"] = metric(verdict["Improvement"])
        confidence = f"{verdict['IntervalConfidence']:g}"
        chance = " (around 0: it may be chance)" if low <= 0 <= high else ""
        interval = f"{metric(low)} to {metric(high)}{chance}"
        facts[f"Interval with confidence {confidence}"] = interval
    champion = verdict.get("Champion", {})
    if "ModelName" in champion:
        facts["Champion"] = champion["ModelName"]
    data = verdict["DataVersion"]
    return {**facts, "Test channel": data["Uri"], "Version of its data": data["Digest"]}
