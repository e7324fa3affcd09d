"""The actions of DynamoDB's operations that do several things: transactions, PartiQL statements."""

from __future__ import annotations

from local_sagemaker.iam.needs.call import Call
from local_sagemaker.iam.needs.statements import statements_of

_TRANSACTION = {
    "ConditionCheck": "ConditionCheckItem",
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "Get": "GetItem",
}
_PARTIQL = ("Select", "Insert", "Update", "Delete")


def table_actions(call: Call) -> tuple[str, ...]:
    """One action for each kind of item; the operation's own name for all other operations.

    A statement that begins otherwise than PartiQL's may be any of them.
    """
    if call.operation in ("TransactWriteItems", "TransactGetItems"):
        kinds = call.texts("TransactItems[?@].keys(@)[]")
        return tuple(_TRANSACTION[kind] for kind in kinds if kind in _TRANSACTION)
    statements = statements_of(call.parameters)
    if statements:
        verbs = {text.split(maxsplit=1)[0].capitalize() for text in statements if text.strip()}
        asked = verbs if verbs <= set(_PARTIQL) else set(_PARTIQL)
        return tuple(f"PartiQL{verb}" for verb in _PARTIQL if verb in asked)
    return (call.operation,)
