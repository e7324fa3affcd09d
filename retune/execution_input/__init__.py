"""The input of an execution: written, checked, suggested."""
