"""Programs that benchmarks start: each is one side of a comparison, or what it is made from."""
