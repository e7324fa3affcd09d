"""The stack of this project's own app: Retune, and outputs for the command line."""

from collections.abc import Iterable
from typing import Any

from aws_cdk import Stack
from constructs import Construct

from configuration.models import Source
from configuration.settings import Settings
from stacks.organisation import synthesizer
from stacks.retune import Retune


class RetuneStack(Stack):
    """Nothing but Retune, whose resources have no name of it in their ids: it is `Default`."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        settings: Settings,
        models: Iterable[Source] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(scope, id, synthesizer=synthesizer(settings), **kwargs)
        Retune(self, "Default", models=models, settings=settings).write_outputs()
