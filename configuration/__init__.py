"""What a person writes into files of the project: models (`models/`) and settings (`retune.toml`).

Read, typed and checked here, with file and line, for the CDK app and for the command line.
"""
