"""An amount of money, or why it is not known."""

from __future__ import annotations

from collections.abc import Iterable

from tuning.plain_number import plain_number
from tuning.variables.variable import Variable


class Cost(Variable):
    """Either an amount by dated prices, or the reason why there is none. Unknown is never zero."""

    amount: float | None = None
    currency: str | None = None  # of the price list, such as USD; None of nothing
    prices: str | None = None  # region and date of the table, or of the Price List API that told
    unknown: str | None = None

    def __str__(self) -> str:
        return self.short + (f" by the prices for {self.prices}" if self.currency else "")

    @property
    def short(self) -> str:
        """Without the prices, where these are told beside it."""
        if self.amount is None:
            return f"unknown: {self.unknown}"
        return "nothing" if self.currency is None else f"{money(self.amount)} {self.currency}"


def money(amount: float) -> str:
    """With cents, or with two digits that say something: 1,234.50, 0.0012."""
    return plain_number(amount, ".2g") if 0 < amount < 0.1 else f"{amount:,.2f}"


def total(costs: Iterable[Cost]) -> Cost:
    """The sum; unknown, with every reason, when a part is."""
    parts = tuple(costs)
    reasons = dict.fromkeys(part.unknown for part in parts if part.unknown)
    if reasons:
        return Cost(unknown="; ".join(reasons))
    amount = sum(part.amount or 0.0 for part in parts)
    currency = next((part.currency for part in parts if part.currency), None)
    sources = dict.fromkeys(part.prices for part in parts if part.prices)
    return Cost(amount=round(amount, 6), currency=currency, prices=" and ".join(sources) or None)


def dearest(costs: Iterable[Cost]) -> Cost:
    """The greatest; unknown when one is, which could be greater."""
    parts = tuple(costs)
    known = total(parts)
    return known if known.unknown else max(parts, key=lambda part: part.amount or 0.0)
