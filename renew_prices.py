"""Renews the price table of the functions from AWS's public price list, for `make prices`.

Each region has an offer file, which needs no credentials. Of it the table keeps what an hour of an
instance costs on demand, in training jobs and behind endpoints.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from tuning.prices.offer import Usage, hourly_prices

TABLE = Path(__file__).parent / "lambda/tuning/prices/price_list.json"
OFFER = (
    "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonSageMaker/current/{}/index.json"
)

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
    terms = offer["terms"]["OnDemand"]
    found: dict[Usage, dict[str, float]] = {"Training": {}, "Hosting": {}}
    currencies = set()
    for sku, product in offer["products"].items():
        for each in hourly_prices(product["attributes"], terms.get(sku, {})):
            prices = found[each.usage]
            prices[each.instance_type] = max(each.amount, prices.get(each.instance_type, 0))
            currencies.add(each.currency)
    if len(currencies) != 1:
        raise NoPrices(f"{url} has prices in {len(currencies)} currencies, not in one.")
    return {
        "Currency": currencies.pop(),
        "Published": offer["publicationDate"][:10],
        "Source": url.replace("/current/", f"/{offer['version']}/"),
        **{usage: dict(sorted(prices.items())) for usage, prices in found.items()},
    }


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
