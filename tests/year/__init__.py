"""A year of weekly retuning on local AWS, with data that drift, pause, repeat and go wrong."""
