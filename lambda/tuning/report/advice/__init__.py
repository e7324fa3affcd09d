"""What to search next: widen, narrow, drop or avoid, from the evidence of all trials."""
