"""The tables of DynamoDB's operations, which may be named in the depth of a request.

A query of an index is asked for on the index alone, as public messages of denied calls show; a
PartiQL statement on the table that it names.
"""

from __future__ import annotations

from local_sagemaker.iam.needs.call import Call
from local_sagemaker.iam.needs.known import Known
from local_sagemaker.iam.needs.reference.reference import Action
from local_sagemaker.iam.needs.statements import named_tables, statements_of

_TABLES = (
    "[TableName, keys(RequestItems || `{}`), TargetTableName, TransactItems[].*.TableName[]][]"
)


def table_resources(call: Call, action: Action, _known: Known) -> tuple[str, ...]:
    """Nothing for actions without tables, or where the request gives an ARN of another kind."""
    if not action.resource_types.keys() & {"table", "index"}:
        return ()
    statements = statements_of(call.parameters)
    if statements:
        named = (each for text in statements for each in named_tables(text))
        return tuple(dict.fromkeys(_arn(call, table, index) for table, index in named))
    index = call.text("IndexName") or ""
    return tuple(_arn(call, table, index) for table in call.texts(_TABLES))


def _arn(call: Call, table: str, index: str) -> str:
    arn = table if table.startswith("arn:") else call.arn("dynamodb", f"table/{table}")
    return f"{arn}/index/{index}" if index else arn
