"""A container's text without the rows that it quotes, whatever library speaks."""

from __future__ import annotations

import pytest
from tuning.rows_in_text import without_rows

N = "(not shown)"
ROWS = {
    "ValueError: could not convert string to float: 'Smith'": f"string to float: {N}",
    "invalid literal for int() with base 10: 'Smith'": f"with base 10: {N}",
    "Blankspace and colon not found in firstline '39,blue collar,1...' of file 'a.csv'": (
        f"firstline {N} of file 'a.csv'"
    ),
    "Cannot parse line: 'Smith;39'": f"Cannot parse line: {N}",
    "Bad row 'it was cut off here": f"Bad row {N}",
    "got 39,technician,married,1.5 there": f"got {N} there",
    "got 39;0.5;-1e3": f"got {N}",
    "values [0.5, 1.25, -3]": f"values [{N}]",
    "values 0.5 1.25 -3.": f"values {N}",
    "pairs 1 3:0.5 17:2.25 end": f"pairs {N} end",
    "pairs 3:0.5 17:2.25 end": f"pairs {N} end",
    "Row: ['Smith', '39.5', '1']": "Row: [",
    'bad "Smith","39.25","z" there': f"bad {N} there",
    "got 'Smith' , '39.25' , '4'": f"got {N}",
    "got [nan, 39.25, nan]": f"got [{N}]",
    "got [np.float64(39.25), np.float64(2.0), np.float64(3.0)]": f"got [{N}]",
    "got 1 qid:3 4:39.25": f"got {N}",
    "got 1:39.25 there": f"got {N} there",
    "got 1:39.25 2:x": f"got {N}",
    "Line 3: 'Smith'": f"Line 3: {N}",
    "FIRST LINE 'Smith'": f"FIRST LINE {N}",
    "two cells 1,39.25 there": f"two cells {N} there",
    "got {'a': 39.25, 'name': 'Smith'}": f"got {N}",
    'Unable to parse string "Smith" at position 3': f"string {N} at position 3",
    "Found unknown categories ['Smith']": f"categories [{N}]",
    "invalid value 'Smith'": f"invalid value {N}",
    "could not parse `Smith`": f"could not parse {N}",
    "could not convert string to float: Smith": f"to float: {N}",
    "could not convert string 'Smith' to float64 at row 7200, column 3.": f"{N} to float64 at row",
    "KeyError: 'Smith'": f"KeyError: {N}",
    "y contains previously unseen labels: ['Smith' 'Jones']": f"labels: [{N}]",
    "'Smith' is not in list": f"{N} is not in list",
    "time data 'Smith' does not match format '%Y'": f"time data {N} does not match",
    "unconverted data remains: Smith, aged": f"remains: {N}",
    "Field 0 in record 3 is not a valid float: Smith": f"valid float: {N}",
    "CSV parse error: Expected 5 columns, got 3: Smith,Jones,Miller": f"got 3: {N}",
    "Cannot convert 'b'Smith'' to float": f"convert {N} to float",
    'Bad value for feature[index=0]="Smith": Cannot read': f"={N}: Cannot read",
    "[type=float_parsing, input_value='Smith', input_type=str]": f"input_value={N}, input_type",
    'JSON line {"name": "Smith", "age": "39"}': f"JSON line {N}",
    "Unknown token Smith in data file": f"Unknown token {N} in data file",
    "Line 3: Smith|Jones": f"Line 3: {N}",
    "Row(name='Smith', age=39)": f"Row({N})",
    "name=Smith age=39": N,
    'invalid cell "O\'Smith" here': f"cell {N} here",
    "got \u2018Smith\u2019 and \u201cJones\u201d": f"got {N} and {N}",
    "bad b'Smith,39'": f"bad {N}",
    "array(['Smith', 'Jones'], dtype=object)": f"array([{N}], dtype=object)",
    "row 39.25 is bad": f"row {N} is bad",
    "cannot take the value: -3.9e1.": f"the value: {N}",
    "Line 3 has .25": f"Line 3 has {N}",
    "<row><age>39</age><name>Smith</name></row>": f"<row>{N}</row>",
    "bad <x:age> 39.5 </x:age> there": f"bad {N}there",
    "   age  name\n0   39  Smith\n1   41  Jones": f"   age  name\n{N}",
}
PLAIN = [
    "[/opt/ml/input/data/train] not found",
    "AlgorithmError: ExecuteUserScriptError: ExitCode 1",
    "Hyperparameter eta: value 1.5 is not in [0, 1]",
    "Metrics validation:auc,validation:f1,validation:map are not known",
    "Timeout at 2026-11-28 18:04:23 after 3600 s",
    "'train' has the label 2: predictor_type binary takes 0 and 1",
    "Versions 3.0-5, 1.7-1 and 1.5-1",
    "Channel 'customers' has values that are missing, NaN or infinite",
    "Additional hyperparameters are not allowed ('etas' was unexpected)",
    'No S3 objects found under S3 URL "s3://bucket/train/" given in input data source',
    "No module named 'sklearn'",
    "'numpy.ndarray' object has no attribute 'columns'",
    "Loading failed: <class 'ValueError'>",
    "File 'a.csv': the training jobs' reasons don't say it",
    'Could not find model package group "retune".',
    "The account-level service limit 'ml.m5.xlarge for training job usage' is 0 Instances",
    "1 validation error detected: Value at 'hyperParameters' failed to satisfy constraint",
    "Local AWS gives a process 5,900 MB",
    "Please use supported accept types: ['application/json', 'text/csv']",
    "arn:aws:sagemaker:eu-west-1:123456789012:training-job/a, us-east-1",
]


@pytest.mark.parametrize(("text", "words"), ROWS.items(), ids=ROWS.keys())
def test_row_that_a_container_quotes_is_left_out(text: str, words: str) -> None:
    told = without_rows(text)
    assert words in told
    assert not any(cell in told for cell in ("Smith", "39", "collar", "0.5", "1.25"))


@pytest.mark.parametrize("text", PLAIN)
def test_other_reason_is_repeated_as_it_is(text: str) -> None:
    assert without_rows(text) == text
