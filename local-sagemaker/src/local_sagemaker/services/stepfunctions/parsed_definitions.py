"""Each definition is parsed once: moto's parser takes most of a second for one of our length."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser
from moto.stepfunctions.parser.asl.parse.preprocessor import Preprocessor

from local_sagemaker.services.patching import replace
from local_sagemaker.services.stepfunctions.map_runs.definition import readable

_KEPT = 32


def install() -> None:
    """Share the syntax tree between executions; each makes components of its own from it."""
    parse = AmazonStateLanguageParser.parse

    @lru_cache(maxsize=_KEPT)
    def tree_of(definition: str) -> Any:
        return parse(readable(definition))[1]

    def parse_once(definition: str) -> tuple[Any, Any]:
        tree = tree_of(definition)
        return Preprocessor().visit(tree), tree

    replace(AmazonStateLanguageParser, "parse", staticmethod(parse_once))
