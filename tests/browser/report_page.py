"""A report's page that shows a document, with the real template, style, script and policy."""

from __future__ import annotations

import json
from pathlib import Path
from string import Template
from typing import Any

from tuning.report.page_files import TEMPLATE, page

OF_EVERY_PAGE = {"policy", "style", "data", "script"}


def write_page(folder: Path, document: dict[str, Any]) -> str:
    """Its address; what Python writes of a run is empty but for the headings."""
    names = Template(TEMPLATE.read_text()).get_identifiers()
    sections = {name: "" for name in names if name not in OF_EVERY_PAGE}
    content = page(json.dumps(document), **sections | {"title": document["Title"]})
    return write_report(folder, content.decode())


def write_report(folder: Path, content: str) -> str:
    """Its address."""
    path = folder / "report.html"
    path.write_text(content, encoding="utf-8")
    return path.as_uri()
