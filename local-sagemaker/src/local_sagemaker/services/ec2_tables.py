"""EC2's tables are read when somebody asks for them, which hardly anybody does here.

moto reads them as it is imported: 90 files of what each region offers, and three times boto3's
description of EC2 for the names of regions. That was a fifth of the time until the server answers.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from botocore.session import Session
from moto.utilities import utils

_OFFERINGS = "ec2/resources/instance_type_offerings/"
_REGIONS_OF = {"metadata": {"endpointPrefix": "ec2"}}  # all that names of regions depend on


def import_ec2() -> None:
    """Before anything else imports moto.ec2; does nothing after that."""
    if "moto.ec2" in sys.modules:
        return
    with _without_tables():
        from moto.ec2.models.instance_types import INSTANCE_TYPE_OFFERINGS
    for location_type in INSTANCE_TYPE_OFFERINGS:
        INSTANCE_TYPE_OFFERINGS[location_type] = Offerings(location_type)


class Offerings(dict[str, list[dict[str, Any]]]):
    """What each region offers, as moto's dictionary of it: read as a region is asked for."""

    def __init__(self, location_type: str) -> None:
        super().__init__()
        self._location_type = location_type
        (package,) = sys.modules["moto"].__path__
        names = (path.name for path in Path(package, _OFFERINGS, location_type).iterdir())
        self._files = {name.partition(".")[0]: name for name in names}

    def __missing__(self, region: str) -> list[dict[str, Any]]:
        file = f"{_OFFERINGS}{self._location_type}/{self._files[region]}"
        offered: list[dict[str, Any]] = utils.load_resource(file)
        self[region] = [each | {"LocationType": self._location_type} for each in offered]
        return self[region]

    def get(self, region: str, default: Any = None) -> Any:
        return self[region] if region in self._files else default


@contextmanager
def _without_tables() -> Iterator[None]:
    session: Any = Session
    load, describe = utils.load_resource, session.get_service_data

    def load_but_offerings(path: str) -> Any:
        return [] if path.startswith(_OFFERINGS) else load(path)

    utils.load_resource = load_but_offerings
    session.get_service_data = lambda *_: _REGIONS_OF
    try:
        yield
    finally:
        utils.load_resource = load
        session.get_service_data = describe
