"""What every benchmark shares: how it measures, what it writes, and the page made of it."""
