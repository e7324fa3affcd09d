"""A DuckDB for one table, on disk: what does not fit into memory goes there too."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any, Optional

import duckdb

MEMORY_MB = 1024
_LOOK_SECONDS = 0.2
_AT_A_TIME = 200  # expressions


# Hears how far a step is: its name and a share from 0 to 1, None when nobody knows.
Progress = Callable[[str, Optional[float]], None]


class Database:
    """Runs SQL and tells how far it is; in its folder is room for files.

    What the machine lacks, such as disk, is an OSError.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, folder: Path, progress: Progress
    ) -> None:
        self._connection, self.folder, self.progress = connection, folder, progress

    def run(self, sql: str, parameters: Sequence[Any] = (), *, step: str | None = None) -> None:
        """Tells of the step as long as it takes."""
        with self._telling(step):
            self._execute(sql, parameters)

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> tuple[Any, ...]:
        """The only one."""
        (found,) = self.rows(sql, parameters)
        return found

    def values(self, expressions: Sequence[str], rows: str) -> list[Any]:
        """What each of the expressions is of all the rows, such as a count.

        A few at a time, as DuckDB's time for many grows by the square of their number.
        """
        return [
            value
            for start in range(0, len(expressions), _AT_A_TIME)
            for value in self.row(
                f"SELECT {', '.join(expressions[start : start + _AT_A_TIME])}, count(*) FROM {rows}"
            )[:-1]
        ]

    def _execute(self, sql: str, parameters: Sequence[Any]) -> duckdb.DuckDBPyConnection:
        try:
            return self._connection.execute(sql, list(parameters) or None)
        except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
            raise OSError(str(error)) from error

    @contextmanager
    def _telling(self, step: str | None) -> Iterator[None]:
        if step is None:
            yield
            return
        ended = Event()

        def look() -> None:
            while not ended.wait(_LOOK_SECONDS):
                percent = self._connection.query_progress()
                self.progress(step, percent / 100 if percent >= 0 else None)

        self.progress(step, None)
        watcher = Thread(target=look, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            ended.set()
            watcher.join()


@contextmanager
def open_database(progress: Progress, workspace: Path | None = None) -> Iterator[Database]:
    """One that is gone with the context. `workspace` is a folder with room for the table."""
    with tempfile.TemporaryDirectory(prefix="retune-prepare-", dir=workspace) as folder:
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": f"{MEMORY_MB}MB",
            "temp_directory": f"{folder}/spilled",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        with duckdb.connect(f"{folder}/table.duckdb", config=config) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            # It would make a join of every list of texts, which a wide table has many of.
            connection.execute("SET disabled_optimizers = 'in_clause'")
            connection.execute("SET enable_progress_bar = true")
            connection.execute("SET enable_progress_bar_print = false")
            yield Database(connection, Path(folder), progress)
