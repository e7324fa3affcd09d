"""Model packages that are carried from the account that tuned to another: a file each."""
