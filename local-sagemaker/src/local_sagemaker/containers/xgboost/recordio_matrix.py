"""Records of RecordIO-protobuf as XGBoost's matrix.

A feature that a sparse record leaves out is missing, as in libsvm, and not 0.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from local_sagemaker.containers.recordio import VALUES, Record, Tensor, read_records
from local_sagemaker.containers.xgboost.library import xgboost


def recordio_matrix(content: bytes) -> xgboost.DMatrix:
    """The rows of a file, with their labels if they have any.

    Raises ValueError for bytes that are no records and for records that differ in width.
    """
    records = read_records(content)
    if not records:
        raise ValueError("No records found in RecordIO-Protobuf data")
    rows = [_features(record, number) for number, record in enumerate(records)]
    return xgboost.DMatrix(_sparse(rows), label=_labels(records))


def _features(record: Record, number: int) -> Tensor:
    if VALUES not in record.features:
        raise ValueError(f'record {number} has no features named "{VALUES}"')
    return record.features[VALUES]


def _sparse(rows: list[Tensor]) -> csr_matrix:
    declared = {row.width for row in rows if row.keys is None or row.size is not None}
    if len(declared) > 1:
        raise ValueError(f"records differ in their number of features: {sorted(declared)}")
    keys = [np.arange(row.width) if row.keys is None else row.keys for row in rows]
    values = [row.values for row in rows]
    ends = np.cumsum([0, *map(len, values)])
    width = max(row.width for row in rows)
    parts = np.concatenate(values), np.concatenate(keys), ends
    return csr_matrix(parts, shape=(len(rows), width))


def _labels(records: list[Record]) -> list[float] | None:
    labels = [record.label[VALUES].values for record in records if VALUES in record.label]
    found = [float(values[0]) for values in labels if len(values)]
    if found and len(found) < len(records):
        raise ValueError(f"{len(records) - len(found)} of {len(records)} records have no label")
    return found or None
