"""$champion: what serves when the candidate is weighed, found by FindChampion."""

from __future__ import annotations

from tuning.variables.variable import Variable


class Champion(Variable):
    """The config that the endpoint serves, and its model.

    `unknown_because` takes the place of a model that cannot be told.
    """

    endpoint_config_name: str
    model_name: str | None = None
    unknown_because: str | None = None
