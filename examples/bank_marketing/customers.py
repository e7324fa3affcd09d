"""Customers to ask the endpoint about, as the table has them: the test set, and ten of it.

`python -m examples.bank_marketing.customers` writes both into runs/.
"""

import csv
import gzip
from pathlib import Path

from preparation.row_split import TEST, RowSplit, row_identity

from examples.bank_marketing.table import DROPPED, LABEL, TABLE

CUSTOMERS, TEST_SET = Path("runs/customers.csv"), Path("runs/test.csv")


def write_customers() -> None:
    customers = test_customers()
    write_rows(TEST_SET, customers)
    write_rows(CUSTOMERS, some_of_each(customers))


def test_customers() -> list[dict[str, str]]:
    """The rows of the test channel as the table has them, in the order of the calls."""
    split = RowSplit(test=0.2, validation=0.2)  # what `retune prepare` does unless told otherwise
    with gzip.open(TABLE, "rt", newline="") as table:
        rows = list(csv.DictReader(table))
    counted = [name for name in rows[0] if name != DROPPED]
    return [
        row for row in rows
        if split.channel_of(row_identity({name: row[name] for name in counted})) == TEST
    ]  # fmt: skip


def some_of_each(customers: list[dict[str, str]], each: int = 5) -> list[dict[str, str]]:
    """A buyer and another in turn, taken evenly from all."""
    groups = [[row for row in customers if row[LABEL] == bought] for bought in ("yes", "no")]
    chosen = [group[:: len(group) // each][:each] for group in groups]
    return [row for pair in zip(*chosen, strict=True) for row in pair]


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    """CSV with the table's header."""
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    write_customers()
