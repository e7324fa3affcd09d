"""What a person reads instead of a traceback, and the exit code a script reads.

CommandError
├── FailedError       1: it was tried, and failed
├── InputError        2: the command cannot be carried out as it was given
└── UnavailableError  3: not deployed, or nothing that answers

The text is one or a few plain lines: what is wrong and what to do. Why the codes are these:
docs/decisions/0032-exit-codes.md.
"""

INTERRUPTED = 130  # 128 and the number of the signal, as shells have it: SIGINT, by Ctrl-C,
BROKEN_PIPE = 141  # and SIGPIPE: who read the output has gone, such as `head`


class CommandError(Exception):
    """An expected fault. `exit_code` is what the process ends with."""

    exit_code = 1


class FailedError(CommandError):
    """It was tried, and failed."""


class InputError(CommandError):
    """An option, a file or a name that cannot be used."""

    exit_code = 2


class UnavailableError(CommandError):
    """The stack, the endpoint, the credentials or AWS itself is not there."""

    exit_code = 3
