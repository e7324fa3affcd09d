"""What a test says about an input that is refused."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.checks.check_input import check_input
from tuning.errors import Fault, InvalidInput

NAME_PREFIX = "retune"


def refusals(document: Any, **options: Any) -> list[Fault]:
    """All faults that a document is refused for; fails when it is accepted."""
    with pytest.raises(InvalidInput) as refused:
        check_input(document, name_prefix=NAME_PREFIX, **options)
    return list(refused.value.faults)


def refusal(document: Any, **options: Any) -> Fault:
    """The only fault of a document."""
    faults = refusals(document, **options)
    assert len(faults) == 1, [str(fault) for fault in faults]
    return faults[0]
