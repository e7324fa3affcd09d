"""The Model Registry: model package groups and model packages."""
