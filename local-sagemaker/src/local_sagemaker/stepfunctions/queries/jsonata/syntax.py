"""The text of an expression, parsed."""

from __future__ import annotations

import re
import threading
from functools import lru_cache
from typing import Any

from jsonata import Parser
from jsonata.jexception import JException

from local_sagemaker.stepfunctions.queries.jsonata.messages import message
from local_sagemaker.stepfunctions.queries.jsonata.query import Query
from local_sagemaker.stepfunctions.queries.reader import QuerySyntaxError

_OPEN, _CLOSE = "{%", "%}"


class _Parser(Parser):  # type: ignore[misc]
    """One for all threads, in turn: to make one takes 2 ms, thirty times as long as to use it."""

    def __init__(self) -> None:
        super().__init__()
        self._turn = threading.Lock()

    def parse(self, *arguments: Any) -> Any:
        with self._turn:
            return super().parse(*arguments)


PARSER = _Parser()


def is_expression(text: str) -> bool:
    """Whether a text of a definition is evaluated: from its first character to its last one."""
    is_long_enough = len(text) >= len(_OPEN + _CLOSE)
    return is_long_enough and text.startswith(_OPEN) and text.endswith(_CLOSE)


def inner(text: str) -> str:
    """What stands in `{% %}`, without the spaces around it."""
    return text.removeprefix(_OPEN).removesuffix(_CLOSE).strip()


@lru_cache(maxsize=4096)
def parse(expression: str) -> Query:
    """The expression, not to be evaluated itself: threads share it. Raises QuerySyntaxError."""
    Query.PARSER.parser = PARSER  # in place of one of this thread
    try:
        return Query(expression)
    except JException as fault:
        raise QuerySyntaxError(message(fault)) from fault
    except RuntimeError as fault:  # of the library, and of signatures
        raise QuerySyntaxError(str(fault)) from fault
    except IndexError as fault:  # of the library, where a regular expression has no end
        raise QuerySyntaxError("No terminating / in regular expression") from fault
    except KeyError as fault:  # of the library, at an operator that there is not
        raise QuerySyntaxError(f'Unknown operator: "{fault.args[0]}"') from fault
    except re.error as fault:
        raise QuerySyntaxError(f"Invalid regular expression: {fault}") from fault
