"""Renews the price table of the functions from AWS's public price list, for `make prices`.

Each region has an offer file, which needs no credentials. Of it the table keeps what an hour of an
instance costs on demand, in training jobs and behind endpoints.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

TABLE = Path(__file__).parent / "lambda/tuning/prices/price_list.json"
OFFER = (
    "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonSageMaker/current/{}/index.json"
)
# Such as USE1-Train:ml.m5.large; TrainingWarmPool, AsyncInf and the like are other usages.
USAGE_TYPE = re.compile(r"(?:.*-)?(Train|Host):(ml\.[\w.-]+)")
USAGES = {"Train": "Training", "Host": "Hosting"}

Read = Callable[[str], bytes]


class NoPrices(Exception):
    """A region's offer file cannot be had, or has no price; the message says which."""


def main(regions: Iterable[str], table: Path = TABLE) -> None:
    """Renews the regions that are named, or else those that the table has."""
    listed = json.loads(table.read_text())
    renewed = {region: region_prices(region, download) for region in regions or listed}
    listed = dict(sorted({**listed, **renewed}.items()))
    table.write_text(json.dumps(listed, indent=2) + "\n")
    for region, prices in renewed.items():
        print(f"{region}: {len(prices['Training'])} instance types, {prices['Published']}")


def region_prices(region: str, read: Read) -> dict[str, Any]:
    """A region of the table, from its offer file."""
    url = OFFER.format(region)
    offer = json.loads(read(url))
    found: dict[str, dict[str, float]] = {usage: {} for usage in USAGES.values()}
    currencies = set()
    for sku, product in offer["products"].items():
        named = USAGE_TYPE.fullmatch(product["attributes"].get("usagetype", ""))
        for currency, amount in hourly_prices(offer, sku) if named else ():
            usage, kind = USAGES[named[1]], named[2]
            found[usage][kind] = max(amount, found[usage].get(kind, 0))
            currencies.add(currency)
    if len(currencies) != 1:
        raise NoPrices(f"{url} has prices in {len(currencies)} currencies, not in one.")
    return {
        "Currency": currencies.pop(),
        "Published": offer["publicationDate"][:10],
        "Source": url.replace("/current/", f"/{offer['version']}/"),
        **{usage: dict(sorted(prices.items())) for usage, prices in found.items()},
    }


def hourly_prices(offer: dict[str, Any], sku: str) -> Iterable[tuple[str, float]]:
    """Currency and amount of a product on demand; a price of 0 is of a free tier."""
    for term in offer["terms"]["OnDemand"].get(sku, {}).values():
        for dimension in term["priceDimensions"].values():
            for currency, amount in dimension["pricePerUnit"].items():
                if dimension["unit"] == "Hrs" and float(amount) > 0:
                    yield currency, float(amount)


def download(url: str) -> bytes:
    """Raises NoPrices when there is no such file, or no way to it."""
    try:
        with urlopen(url, timeout=60) as answer:
            content: bytes = answer.read()
    except (URLError, TimeoutError) as error:
        raise NoPrices(f"{url} cannot be read: {error}. The table stays as it was.") from error
    return content


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except NoPrices as fault:
        sys.exit(str(fault))
