"""Lines as a file that is read once, as an upload wants it."""

from __future__ import annotations

from collections.abc import Iterable


class LineStream:
    """Ends each line with a line feed."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(lines)
        self._waiting = b""

    def read(self, size: int = -1) -> bytes:
        """So many bytes, fewer at the end only; all that are left where no size is given."""
        parts, length = [self._waiting], len(self._waiting)
        while size < 0 or length < size:
            line = next(self._lines, None)
            if line is None:
                break
            parts.append(line + b"\n")
            length += len(parts[-1])
        content = b"".join(parts)
        end = len(content) if size < 0 else size
        self._waiting = content[end:]
        return content[:end]
