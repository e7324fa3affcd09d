"""Products in the form in which GetProducts answers: a JSON document each."""

from __future__ import annotations

import json

from tests.tuning.plans import EXECUTION


def product(
    usage_type: str,
    amount: str,
    *,
    region: str = EXECUTION.region,
    currency: str = "EUR",
    unit: str = "Hrs",
) -> str:
    """Such as EUC1-Train:ml.m7i.large for 0.1400000000 an hour."""
    sku, offer = "JMCWJEAPVJNFJ5P4", "JMCWJEAPVJNFJ5P4.JRTCKXETXF"
    dimension = {
        "rateCode": f"{offer}.6YS6EN2CT7",
        "unit": unit,
        "beginRange": "0",
        "endRange": "Inf",
        "pricePerUnit": {currency: amount},
    }
    attributes = {
        "regionCode": region,
        "instanceName": usage_type.rpartition(":")[2],
        "usagetype": usage_type,
    }
    document = {
        "product": {"productFamily": "ML Instance", "sku": sku, "attributes": attributes},
        "serviceCode": "AmazonSageMaker",
        "terms": {
            "OnDemand": {offer: {"sku": sku, "priceDimensions": {dimension["rateCode"]: dimension}}}
        },
        "version": "20261120000313",
        "publicationDate": "2026-11-20T00:03:13Z",
    }
    return json.dumps(document)
