"""The code of Retune's Lambda functions, a room a subject. Start at handlers/, one file a state.

Every room may use errors, names, tags, environment and request_types; otherwise a room uses only
those below it (the layers in pyproject.toml). AWS unzips this package, so it knows nothing of the
project besides.
"""
