"""Whether clients of the endpoint would have to change: a model that takes other columns, or
answers otherwise, breaks them in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from tuning.endpoint.next_step import Endpoint
from tuning.errors import Fault, InvalidInput
from tuning.variables.interface import Interface
from tuning.variables.plan import Plan

_NAMED = 5  # columns that a message names


def compare_with_served(
    plan: Plan, endpoint: Endpoint | None, recorded: Callable[[str], Interface | None]
) -> Plan:
    """The plan with what its clients must know, as warnings.

    `recorded` knows the interface of an endpoint config, unless nobody has recorded it. A dry run
    deploys nothing and may try what it likes. Raises InvalidInput when something differs that the
    input does not allow.
    """
    if endpoint is None:
        return plan
    served = recorded(endpoint.config_name)
    if served is None:
        note = (
            f"It is not recorded what {endpoint.config_name} takes, which serves at "
            f"{plan.endpoint.endpoint_name}: whether its clients would have to change for this "
            "run's model is not known."
        )
        return plan.model_copy(update={"warnings": (*plan.warnings, note)})
    changes = [*_changes(plan, served)]
    if not changes and (new := _new_encoding(plan, served)):
        plan = plan.model_copy(update={"warnings": (*plan.warnings, new)})
    allowed = plan.endpoint.interface_may_change
    if changes and not allowed and not plan.dry_run:
        raise InvalidInput(changes)
    told = tuple(map(str, changes))
    return plan.model_copy(
        update={"warnings": (*plan.warnings, *told), "interface_changes": told if allowed else ()}
    )


def _changes(plan: Plan, served: Interface) -> Iterator[Fault]:
    planned = plan.interface
    if planned is None:
        return
    if planned.content_type != served.content_type:
        yield _change(plan, "ContentType", planned.content_type, served.content_type)
    before, now = served.feature_columns, planned.feature_columns
    if None not in (before, now) and before != now:
        yield _change(plan, "Channels", f"{now} feature columns", f"{before} of them")
    elif planned.column_names and served.column_names:
        names = _other_names(planned.column_names, served.column_names)
        if names:
            yield _change(plan, "Channels", *names)
    for field, mine, theirs in (
        ("Algorithm", planned.algorithms, served.algorithms),
        ("StaticHyperParameters", planned.answers, served.answers),
    ):
        if theirs and not set(mine) <= set(theirs):
            yield _change(plan, field, _list(mine), _list(theirs))


def _new_encoding(plan: Plan, served: Interface) -> str | None:
    """Features of the same names may be other numbers: a rank, a class. Or nobody knows any more.

    It is no fault: each preparation learns anew, and `retune predict` reads the right description.
    """
    before, now = served.encoding, plan.interface.encoding if plan.interface else None
    if before is None or (now is not None and before.digest == now.digest):
        return None
    if now is None:
        return (
            f"What serves at {plan.endpoint.endpoint_name} has a description of its table, and "
            f"none lies beside this run's channels: raw rows will not be predicted any more. If "
            f"they are encoded as before, copy {before.description} into the folder above train."
        )
    return (
        f"The table was encoded otherwise than for what serves at {plan.endpoint.endpoint_name}. "
        "Clients that encode rows by a description of their own must take the new one, "
        f"{now.description}, when the model is deployed."
    )


def _other_names(mine: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, str] | None:
    """The columns that differ, in their order: a client sends values without names."""
    pairs = [(new, old) for new, old in zip(mine, theirs, strict=True) if new != old]
    if not pairs:
        return None
    new, old = zip(*pairs[:_NAMED], strict=True)
    return f"the columns {_list(new)}", f"{_list(old)} in their places"


def _list(names: Collection[str]) -> str:
    return ", ".join(names)


def _change(plan: Plan, field: str, now: str, before: str) -> Fault:
    name = plan.endpoint.endpoint_name
    rule = f"The endpoint {name} serves {before}: its clients would get errors or wrong answers."
    if plan.endpoint.interface_may_change:
        return Fault(field, now, rule, "Endpoint.InterfaceMayChange lets it: tell the clients.")
    fix = (
        "Make it as before, deploy to another Endpoint.EndpointName, or set "
        "Endpoint.InterfaceMayChange to true when the clients are ready."
    )
    return Fault(field, now, rule, fix)
