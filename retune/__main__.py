"""The command `retune`, which needs more than the construct that a wheel is installed for."""

import sys

from retune.errors import INTERRUPTED


def main() -> None:
    try:
        from retune.cli import app
    except ModuleNotFoundError as error:
        sys.exit(
            f"The command retune needs {error.name}, which is not installed here. It runs from a "
            "checkout of Retune, where `make setup` installs what it needs."
        )
    except KeyboardInterrupt:  # it takes a moment to load
        sys.exit(INTERRUPTED)
    app()


if __name__ == "__main__":
    main()
