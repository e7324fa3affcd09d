"""How an execution ended, in words: named outcomes, the cause of a failure, what was undone."""
