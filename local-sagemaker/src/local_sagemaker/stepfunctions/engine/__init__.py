"""An execution from its first state to its last, and its history.

- `execution`: its life; `environment` and `revision`: what it runs in, and what it runs
- `history`, `branch`: events, and where a line of states stands among them
- `walk`, `visit`: states one after the other, and one of them with its retries and catches
- `data_flow`: what a state takes and gives; `fields`: settings that are said, or found by a path
- `states`: what each type of state does
- `test_state`: one state alone
"""
