"""Whatever moto has is either answered for real or known to be made up."""

from __future__ import annotations

from local_sagemaker.protocol.answered_services import ANSWERED, MADE_UP
from local_sagemaker.protocol.service_models import service_names
from moto.backends import list_of_moto_modules


def test_each_service_of_moto_is_in_one_of_the_lists() -> None:
    modules = {*list_of_moto_modules(), "lambda"}  # moto's names have no hyphens
    assert {name for name in service_names() if name.replace("-", "") in modules} == (
        ANSWERED | MADE_UP
    )
    assert not ANSWERED & MADE_UP
