"""What AWS's price list says of an instance of SageMaker: offer files and the Price List API alike.

Both describe a product by its attributes and have its prices on demand in terms.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

Usage = Literal["Training", "Hosting"]
# Such as USE1-Train:ml.m5.large; TrainingWarmPool, AsyncInf and the like are other usages.
_USAGE_TYPE = re.compile(r"(?:.*-)?(Train|Host):(ml\.[\w.-]+)")
_USAGES: dict[str, Usage] = {"Train": "Training", "Host": "Hosting"}


class HourlyPrice(NamedTuple):
    """Of an instance on demand, for one usage."""

    usage: Usage
    instance_type: str
    currency: str
    amount: float


def hourly_prices(attributes: Mapping[str, str], terms: Mapping[str, Any]) -> Iterator[HourlyPrice]:
    """Those of a product; none when it is no instance that trains or serves.

    `terms` are those of the product on demand. A price of 0 is of a free tier.
    """
    named = _USAGE_TYPE.fullmatch(attributes.get("usagetype", ""))
    for term in terms.values() if named else ():
        for dimension in term["priceDimensions"].values():
            for currency, amount in dimension["pricePerUnit"].items():
                if named and dimension["unit"] == "Hrs" and 0 < float(amount) < math.inf:
                    yield HourlyPrice(_USAGES[named[1]], named[2], currency, float(amount))
