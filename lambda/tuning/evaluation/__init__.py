"""Whether a candidate beats the champion on data that tuning never saw."""
