"""What kind of cells each column has: numbers, truth values, dates or text.

A column is of a kind when all of its cells are, in every channel: a kind is how cells are written,
and tells nothing of the rows that a model is proved on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from preparation.encoder import LARGEST, ORDERS, date_parts, is_number
from preparation.engine import sql
from preparation.engine.loading import CELLS, Table
from preparation.errors import TableError
from preparation.request import Request

NUMBER, BOOLEAN, DATE, TEXT, NESTED = "number", "boolean", "date", "text", "nested"
_WORDS = (("true", "false"), ("yes", "no"), ("t", "f"), ("y", "n"))
_SAMPLE = 2_000  # rows that rule most kinds out before all are read
_MOSTLY = 0.95  # of the cells: then the others are a mistake rather than a kind
# Dates in no form that is read: Fri, 5 Jan 2024; Jan 5th, 2024; 1/5/24 at 3.
_MONTH = "(?i)(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_LIKE_A_DATE = (
    f"(?:[A-Za-z]+,? )?(?:[0-9]{{1,2}}[a-z ./-]*{_MONTH}[ ,./-]+[0-9]{{2,4}}"
    f"|{_MONTH}[ ./-]+[0-9]{{1,2}}[a-z,]*[ /-]+[0-9]{{2,4}}"
    "|[0-9]{1,4}[-/][0-9]{1,2}[-/][0-9]{1,4}).*"
)


@dataclass(frozen=True)
class Kind:
    """Of a column. `form` is the decimal sign of numbers, the order of dates, the words of truth
    values. `whole` numbers have no fraction; `timed` dates have times."""

    kind: str
    form: str | tuple[str, str] = ""
    whole: bool = False
    timed: bool = False

    def of(self, cell: str) -> str:
        """A condition of SQL: whether a cell that is not missing is of this kind."""
        if self.kind == NUMBER:
            return sql.is_number(cell, str(self.form))
        if self.kind == DATE:
            return sql.is_date(cell, str(self.form))
        if self.kind == BOOLEAN:
            return f"lower({cell}) IN ({sql.literals(self.form)})"
        return "true"

    def has(self, text: str) -> bool:
        """The same of a text in Python."""
        if self.kind == NUMBER:
            return is_number(text, str(self.form))
        if self.kind == DATE:
            return date_parts(text, str(self.form)) is not None
        return self.kind != BOOLEAN or text.lower() in self.form


_CANDIDATES = (
    *(Kind(NUMBER, decimal) for decimal in ".,"),
    *(Kind(BOOLEAN, words) for words in _WORDS),
    *(Kind(DATE, order) for order in ORDERS),
)


def find_kinds(table: Table, request: Request) -> dict[str, Kind]:
    """The kind of each column that is not dropped on request.

    Raises TableError for all columns of which it cannot be said.
    """
    names = [name for name in table.names if name not in request.drop]
    found: dict[str, Kind] = {name: Kind(NESTED) for name in names if name in table.nested}
    asked = {name: Kind(DATE, order) for name, order in request.dates.items()}
    open_ = [name for name in names if name not in found and name not in request.text]
    candidates = {name: [asked[name]] if name in asked else [*_CANDIDATES] for name in open_}
    shares = _shares(table, _likely(table, candidates))
    faults: list[str] = []
    for name in names:
        if name not in found:
            kind = Kind(TEXT) if name in request.text else None
            found[name] = kind or _decide(name, shares[name], asked.get(name), faults)
    faults += _written_otherwise(table, found, request)
    if faults:
        raise TableError(*faults)
    return _looked_at(table, found)


def _sample() -> str:
    return f"(SELECT * FROM {CELLS} USING SAMPLE reservoir({_SAMPLE} ROWS) REPEATABLE (1))"


def _likely(table: Table, candidates: Mapping[str, Sequence[Kind]]) -> dict[str, list[Kind]]:
    """The kinds that most cells of a sample are of, or that are the only ones asked for."""
    if not candidates:
        return {}
    cells = ", ".join(table.cell(name) for name in candidates)
    columns = zip(*table.database.rows(f"SELECT {cells} FROM {_sample()}"))
    likely: dict[str, list[Kind]] = {}
    for (name, kinds), column in zip(candidates.items(), columns):
        found = [text for text in column if text is not None]
        least = len(found) * _MOSTLY
        likely[name] = [
            kind for kind in kinds if len(kinds) == 1 or sum(map(kind.has, found)) >= least
        ]
    return likely


def _shares(table: Table, candidates: Mapping[str, Sequence[Kind]]) -> dict[str, dict[Kind, float]]:
    """By column the share of cells that are of each kind; nothing of a column without cells."""
    asked = [(name, kind) for name, kinds in candidates.items() for kind in kinds]
    counts = [f"count({table.cell(name)})" for name in candidates]
    counts += [f"count(*) FILTER ({kind.of(table.cell(name))})" for name, kind in asked]
    found = table.database.values(counts, CELLS)
    cells = dict(zip(candidates, found))
    shares: dict[str, dict[Kind, float]] = {name: {} for name in candidates}
    for (name, kind), count in zip(asked, found[len(candidates) :]):
        if cells[name]:
            shares[name][kind] = count / cells[name]
    return shares


def _decide(name: str, shares: Mapping[Kind, float], asked: Kind | None, faults: list[str]) -> Kind:
    """The kind that all cells are of, else text; adds to the faults what is neither."""
    whole = [kind for kind, share in shares.items() if share == 1]
    if asked is not None:
        if shares and not whole:
            faults.append(
                f"--date {name}={asked.form}: {1 - shares[asked]:.2%} of its cells are no dates in "
                f"this order. Give the right one, or --missing for a text that stands for none."
            )
        return asked
    if not shares:
        return Kind(TEXT)
    orders = [str(kind.form) for kind in whole if kind.kind == DATE]
    if len(orders) > 1:
        faults.append(
            f"Column {name!r} has dates whose order cannot be told. Say "
            f"{' or '.join(f'--date {name}={order}' for order in orders)}, or --drop {name}."
        )
    if whole:
        return whole[0]
    mostly = next((kind for kind, share in shares.items() if share > _MOSTLY), None)
    if mostly:
        faults.append(
            f"Column {name!r} has {_PLURAL[mostly.kind]} in {_most(shares[mostly])} of its cells, "
            "and something else in the others. Say --missing TEXT for a text that stands for "
            f"none, --text {name} if its cells are names, or --drop {name}."
        )
    return Kind(TEXT)


_PLURAL = {NUMBER: "numbers", BOOLEAN: "truth values", DATE: "dates"}


def _most(share: float) -> str:
    """Never 100 % of what is not all."""
    return f"{min(share, 0.9999):.2%}"


def _written_otherwise(table: Table, found: Mapping[str, Kind], request: Request) -> Iterator[str]:
    """Faults of text columns that look like dates, but in no form that is read."""
    names = [n for n, kind in found.items() if kind.kind == TEXT and n not in request.text]
    if not names:
        return
    shares = [
        f"count(*) FILTER (regexp_full_match({table.cell(name)}, {sql.literal(_LIKE_A_DATE)})) / "
        f"count({table.cell(name)})"
        for name in names
    ]
    for name, share in zip(names, table.database.values(shares, _sample())):
        if share is not None and share > _MOSTLY:
            yield (
                f"Column {name!r} looks like dates, but not like 2024-12-31, 31.12.2024, "
                f"12/31/2024 or Dec 31, 2024, with a time or without. Write them so, or say --drop "
                f"{name} or --text {name}."
            )


def _looked_at(table: Table, found: Mapping[str, Kind]) -> dict[str, Kind]:
    """What else matters of the cells. Raises TableError for numbers that are too large."""
    columns = {name: kind for name, kind in found.items() if kind.kind in (NUMBER, DATE)}
    counts = []
    for name, kind in columns.items():
        cell = table.cell(name)
        if kind.kind == DATE:
            counts += ["0", f"count(*) FILTER (contains({cell}, ':'))"]
        else:
            value = sql.number(cell, str(kind.form))
            counts += [f"max(abs({value}))", f"count(*) FILTER ({value} != trunc({value}))"]
    counted = iter(table.database.values(counts, CELLS))
    looked, faults = dict(found), []
    for name, kind in columns.items():
        largest, others = next(counted), next(counted)
        if (largest or 0) > LARGEST:
            faults.append(
                f"Column {name!r} has a number that is larger than 32 bits hold, in which training "
                f"counts. Scale it, or --drop {name}."
            )
        whole = kind.kind == NUMBER and not others and (largest or 0) < 2**53
        looked[name] = Kind(kind.kind, kind.form, whole, kind.kind == DATE and bool(others))
    if faults:
        raise TableError(*faults)
    return looked
