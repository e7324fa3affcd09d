"""New data: when the run begins that they start."""
