"""Processing jobs: a program of one's own between inputs from S3 and outputs to it."""
