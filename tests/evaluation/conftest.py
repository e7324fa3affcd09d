"""A candidate and its champion."""

from __future__ import annotations

import pytest

from tests.evaluation.store import Store, scored_channel
from tests.evaluation.verdicts import labels_and_scores


@pytest.fixture(scope="module")
def better() -> Store:
    """A candidate that is clearly better than its champion."""
    labels, (new, old) = labels_and_scores(0.5, 2.0)
    return scored_channel(labels, new=new, old=old)
