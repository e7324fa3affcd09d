"""`make prices`: the price table from an offer file of AWS's price list."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import renew_prices
from renew_prices import OFFER, NoPrices, region_prices

# Products as the offer file has them; the first two are real, with their SKUs.
PRODUCTS = {
    "JMCWJEAPVJNFJ5P4": ("USE1-Train:ml.m5.large", "Hrs", "0.1150000000"),
    "JDZQJFUVUR8SUWHS": ("USE1-Host:ml.m5.xlarge", "Hrs", "0.2300000000"),
    "OTHERUSAGE000001": ("USE1-TrainWarmPool:ml.m5.large", "Hrs", "0.9000000000"),
    "OTHERUSAGE000002": ("USE1-AsyncInf:ml.m5.xlarge", "Hrs", "0.9000000000"),
    "UPFRONTFEE000001": ("USE1-Train:ml.p4d.24xlarge", "Quantity", "13.5700000000"),
    "FREETIER00000001": ("USE1-Train:ml.m4.xlarge", "Hrs", "0.0000000000"),
}


def offer(products: dict[str, tuple[str, str, str]] = PRODUCTS) -> bytes:
    """The form that the Price List Bulk API documents."""
    document: dict[str, Any] = {
        "offerCode": "AmazonSageMaker",
        "version": "20260928000313",
        "publicationDate": "2026-09-28T00:03:13Z",
        "products": {
            sku: {"sku": sku, "productFamily": "ML Instance", "attributes": {"usagetype": usage}}
            for sku, (usage, _, _) in products.items()
        },
        "terms": {
            "OnDemand": {
                sku: {
                    f"{sku}.JRTCKXETXF": {
                        "priceDimensions": {
                            f"{sku}.JRTCKXETXF.6YS6EN2CT7": {
                                "unit": unit,
                                "beginRange": "0",
                                "endRange": "Inf",
                                "pricePerUnit": {"USD": amount},
                            }
                        }
                    }
                }
                for sku, (_, unit, amount) in products.items()
            }
        },
    }
    return json.dumps(document).encode()


def test_table_keeps_hours_of_training_and_of_hosting_alone() -> None:
    assert region_prices("us-east-1", lambda url: offer()) == {
        "Currency": "USD",
        "Published": "2026-09-28",
        "Source": OFFER.format("us-east-1").replace("current", "20260928000313"),
        "Training": {"ml.m5.large": 0.115},
        "Hosting": {"ml.m5.xlarge": 0.23},
    }


def test_regions_that_are_not_named_stay_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "price_list.json"
    table.write_text(json.dumps({"eu-west-1": {"Published": "2023-12-01"}}))
    monkeypatch.setattr(renew_prices, "download", lambda url: offer())
    renew_prices.main(["us-east-1"], table)
    renewed = json.loads(table.read_text())
    assert renewed["eu-west-1"] == {"Published": "2023-12-01"}
    assert renewed["us-east-1"]["Training"] == {"ml.m5.large": 0.115}
    assert "us-east-1: 1 instance types, 2026-09-28" in capsys.readouterr().out


def test_offer_without_a_price_is_no_table() -> None:
    with pytest.raises(NoPrices, match="0 currencies"):
        region_prices("us-east-1", lambda url: offer({}))


def test_without_a_network_the_table_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "price_list.json"
    table.write_text("{}")
    monkeypatch.setattr(
        renew_prices, "OFFER", (tmp_path / "{}.json").as_uri().replace("%7B%7D", "{}")
    )
    with pytest.raises(NoPrices, match=r"cannot be read.*The table stays as it was"):
        renew_prices.main(["us-east-1"], table)
    assert table.read_text() == "{}"
