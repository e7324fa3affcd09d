"""What the permissions of a call depend on besides the call: what is there in the account."""

from __future__ import annotations

from typing import Literal, Protocol

Fact = Literal[
    "caller",
    "key of a bucket",
    "key of an object",
    "key of a queue",
    "key of a topic",
    "key of an alias",
    "key of a ciphertext",
    "key of a secret",
    "key of a parameter",
    "function of a mapping",
    "holder of a token",
    "secret",
    "role",
    "user",
    "user of a key",
]


class Known(Protocol):
    """Answers questions about one account."""

    def look_up(self, fact: Fact, name: str, region: str) -> str | None:
        """An ARN; None for what is not there.

        Keys are customer managed ones: those of AWS's own need no permission of the caller's.
        A bucket's key is its default encryption; an object is named `bucket/key`, a queue and a
        topic by their ARNs, a ciphertext in base 64. The caller, who has no name, is whoever asks.
        Who holds the token of a task is its state machine, or its activity.
        """


class NothingKnown:
    """Calls as they stand: names stay names, and nothing is encrypted."""

    def look_up(self, fact: Fact, name: str, region: str) -> str | None:
        """Always None."""
        return None
