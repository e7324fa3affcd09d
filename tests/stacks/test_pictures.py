"""The pictures of the state machines show what the definitions say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from stacks.picture import dot, pictures
from stacks.picture_edges import Edge, edges

PICTURES = pictures()


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_file_is_what_make_pictures_draws(path: Path) -> None:
    assert path.read_text() == PICTURES[path], "run make pictures"


def machine() -> dict[str, Any]:
    """A box with a decision and a loop in it, and one way out of it on an error."""
    inside = {
        "Ask": {"Type": "Task", "Next": "Settled"},
        "Settled": {
            "Type": "Choice",
            "Choices": [{"Condition": "{% $settled %}", "Next": "Tell"}],
            "Default": "Wait",
        },
        "Wait": {"Type": "Wait", "Next": "Ask"},
        "Tell": {"Type": "Task", "End": True},
    }
    box = {
        "Type": "Parallel",
        "Branches": [{"StartAt": "Ask", "States": inside}],
        "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Recover"}],
        "Next": "Done",
    }
    after = {"Type": "Task", "Next": "Done"}
    states = {"Box": box, "Recover": after, "Done": {"Type": "Succeed"}}
    return {"StartAt": "Box", "States": states}


def test_arrows_of_a_box_leave_its_frame() -> None:
    drawn = edges(machine())
    assert Edge("Tell", "Done", leaves="cluster_Box", plain=True) in drawn
    assert Edge("Tell", "Recover", on_error=True, leaves="cluster_Box") in drawn
    assert Edge("Settled", "Tell") in drawn


def test_overview_leaves_out_decisions_and_waits_of_the_box() -> None:
    shown = dot(machine(), overview=True)
    assert "Settled" not in shown
    assert "Wait" not in shown
    assert '"Ask" -> "Tell"' in shown
    assert '"Tell" -> "Recover"' in shown


def test_arrow_back_is_laid_out_from_its_head_so_that_the_order_stays() -> None:
    shown = dot(machine())
    assert '"Ask" -> "Wait" [dir="back", weight=3]' in shown
    assert '"Wait" -> "Ask"' not in shown
