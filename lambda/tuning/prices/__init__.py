"""What SageMaker's instances cost: a dated table, an excerpt of AWS's price list."""
