"""A description with a column of every encoding, for tests that need one."""

from preparation.description import (
    BINARY,
    Boolean,
    Column,
    Date,
    Description,
    Dropped,
    Label,
    Number,
    OneHot,
    Ranked,
    Split,
)

COLUMNS: tuple[Column, ...] = (
    Number("age"),
    Number("price", decimal=","),
    Boolean("member", "yes", "no"),
    OneHot("job", ("admin", "chef")),
    Ranked("city", ("Köln", "Bonn")),
    Date("called", "DMY", ("month", "weekday", "hour")),
)


def description(*columns: Column) -> Description:
    """One of these columns, or of COLUMNS."""
    return Description(
        label=Label("bought", BINARY, ("no", "yes")),
        columns=columns or COLUMNS,
        missing=("", "na"),
        dropped=(Dropped("id", "it is another one in every row"),),
        split=Split("row", test=0.2, validation=0.2),
        rows={"train": 6, "validation": 2, "test": 2},
        rows_without_label=1,
        missing_cells={"age": 3},
        sources=("table.csv",),
    )
