"""What the states of the workflow hand to each other: Step Functions calls it variables."""
