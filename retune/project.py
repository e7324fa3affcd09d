"""Where the project lies, whatever directory a command is called from."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
