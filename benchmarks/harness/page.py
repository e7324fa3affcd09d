"""docs/benchmarks.md: the tables of all results."""


def write_page() -> None:
    raise NotImplementedError
