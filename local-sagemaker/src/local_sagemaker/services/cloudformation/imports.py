"""Which stacks use what a stack exports: it is neither deleted nor changed while one does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from local_sagemaker.services.cloudformation.errors import ValidationError
from local_sagemaker.services.cloudformation.functions import Names, resolve, text_of
from local_sagemaker.services.cloudformation.names import StackNames
from local_sagemaker.services.cloudformation.stack import Output, Stack
from local_sagemaker.services.cloudformation.stacks import Region


def use_of_exports(region: Region, stack: Stack) -> str:
    """CloudFormation's words for the first use; empty for a stack that can go."""
    exports = {output.export for output in stack.outputs if output.export}
    for export in sorted(exports):
        importers = stacks_that_import(region, export)
        if importers:
            return f"Export {export} cannot be deleted as it is in use by {importers[0]}"
    return ""


def check_exports(region: Region, stack: Stack, outputs: Sequence[Output]) -> None:
    """Raises ValidationError for exports that the outputs of a stack may not have, or must keep."""
    new = {output.export: output.value for output in outputs if output.export}
    for export, (_, owner) in region.exports().items():
        if export in new and owner is not stack:
            raise ValidationError(
                f"Export with name {export} is already exported by stack {owner.name}."
            )
    for output in stack.outputs:
        if output.export is None or new.get(output.export) == output.value:
            continue
        importers = stacks_that_import(region, output.export)
        if importers:
            done = "updated" if output.export in new else "deleted"
            raise ValidationError(
                f"Export {output.export} cannot be {done} as it is in use by {importers[0]}"
            )


def stacks_that_import(region: Region, export: str) -> list[str]:
    """The names of the stacks whose template imports the export."""
    return [
        stack.name
        for stack in region.stacks.values()
        if stack.request is not None
        and not stack.is_deleted
        and export
        in _imports(stack.request.template, StackNames(stack, stack.request, region.imported))
    ]


def _imports(value: Any, names: Names) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _imports(item, names)
    elif isinstance(value, dict):
        for key, member in value.items():
            if key == "Fn::ImportValue":
                yield text_of(resolve(member, names))
            else:
                yield from _imports(member, names)
