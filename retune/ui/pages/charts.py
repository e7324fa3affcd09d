"""The script and the style of the report's page, which draw the charts of this one too."""

from __future__ import annotations

from flask import Response
from tuning.report.page_files import SCRIPT, STYLE

from retune.ui.looks import Looks


def charts_script(looks: Looks) -> Response:
    return Response(SCRIPT.read_bytes(), content_type="text/javascript; charset=utf-8")


def charts_style(looks: Looks) -> Response:
    return Response(STYLE.read_bytes(), content_type="text/css; charset=utf-8")
