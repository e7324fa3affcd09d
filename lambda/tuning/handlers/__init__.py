"""One file for each state that runs a function, named after it, and for each event.

A handler reads its event, calls the rooms, and returns what the next state needs.
"""
