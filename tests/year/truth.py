"""What a model is really worth: its AUC on many fresh customers of the week."""

from __future__ import annotations

import io
import tarfile
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import xgboost
from tuning.evaluation.scores import score

from tests.year.population import Law
from tests.year.weeks import Week

ROWS = 40_000


def true_score(artefact: bytes, week: Week) -> float:
    """AUC of the model in a model.tar.gz, to about 0.002."""
    rows = Law(week.degrees).draw(ROWS, np.random.default_rng(week.number))
    with tarfile.open(fileobj=io.BytesIO(artefact)) as archive:
        member = archive.extractfile("xgboost-model")
        assert member is not None
        booster = xgboost.Booster(model_file=bytearray(member.read()))
    predictions = booster.predict(xgboost.DMatrix(rows[:, 1:]))
    return float(score("AUC", rows[:, 0], predictions))


def read(s3: Any, uri: str) -> bytes:
    place = urlsplit(uri)
    answer = s3.get_object(Bucket=place.netloc, Key=place.path.removeprefix("/"))
    return bytes(answer["Body"].read())
