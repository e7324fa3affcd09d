"""The names of quotas, and what the Price List API tells. Costs nothing."""

from __future__ import annotations

from collections.abc import Iterator

from tuning.aws.price_list_api import get_products

from retune.acceptance.removal.kind import pages
from retune.acceptance.scenario import Observation, Scenario, equals
from retune.acceptance.stage import INSTANCE, Stage

_KINDS = ("training job", "spot training job", "transform job", "processing job", "endpoint")
_QUOTAS = {
    *(f"{INSTANCE} for {kind} usage" for kind in _KINDS),
    *(
        f"Number of instances across {what}"
        for what in (
            "all training jobs",
            "all spot training jobs",
            "all transform jobs",
            "all processing jobs",
            "active endpoints",
        )
    ),
}


def play(stage: Stage) -> Iterator[Observation]:
    found = pages(
        stage.aws, "service-quotas", "list_service_quotas", "Quotas", ServiceCode="sagemaker"
    )
    missing = sorted(_QUOTAS - {each["QuotaName"] for each in found})
    yield equals("quota-names", "none is missing", ", ".join(missing) or "none is missing")
    if not stage.is_local:  # which has no Price List API
        products = get_products(stage.aws.region or "", INSTANCE)
        named = any(f"Train:{INSTANCE}" in product for product in products)
        yield equals("price-list-filters", (True, True), (named, len(products) < 100))


SCENARIO = Scenario(
    name="price-and-quotas",
    about="names of quotas, and what the Price List API tells",
    claims=("quota-names", "price-list-filters"),
    minutes=2,
    play=play,
    needs_account={"price-list-filters": "Local AWS has no Price List API."},
)
