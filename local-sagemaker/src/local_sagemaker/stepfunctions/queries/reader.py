"""Reads a text from left to right; both languages of JSONPath states are parsed with it."""

from __future__ import annotations

import re

_QUOTE = re.compile("['\"]")


class QuerySyntaxError(ValueError):
    """The text is not in the language."""


class Reader:
    """A place in a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0

    @property
    def at_end(self) -> bool:
        return self.place >= len(self.text)

    def sees(self, text: str) -> bool:
        """Whether the text goes on like this."""
        return self.text.startswith(text, self.place)

    def take(self, text: str) -> bool:
        """Steps over it, if the text goes on like this."""
        if not self.sees(text):
            return False
        self.place += len(text)
        return True

    def expect(self, text: str) -> None:
        """Steps over it; QuerySyntaxError for anything else."""
        if not self.take(text):
            raise self.fault(f"'{text}' expected")

    def match(self, pattern: re.Pattern[str]) -> str | None:
        """Steps over what the pattern finds here and gives it; None if it finds nothing."""
        found = pattern.match(self.text, self.place)
        if found is None:
            return None
        self.place = found.end()
        return found.group()

    def skip_spaces(self) -> None:
        while not self.at_end and self.text[self.place].isspace():
            self.place += 1

    def quoted(self) -> str:
        """What stands between quotes, which are ' or \"; escapes stay as they are written."""
        quote = self.match(_QUOTE)
        if quote is None:
            raise self.fault("a text in quotes expected")
        start = end = self.place
        while end < len(self.text) and self.text[end] != quote:
            end += 2 if self.text[end] == "\\" else 1
        if end >= len(self.text):
            raise self.fault(f"no end of the text that starts with {quote}")
        self.place = end + 1
        return self.text[start:end]

    def fault(self, message: str) -> QuerySyntaxError:
        return QuerySyntaxError(f"{message} at character {self.place} of '{self.text}'")
