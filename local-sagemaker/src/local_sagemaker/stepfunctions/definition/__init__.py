"""Definitions: read for the engine, and refused in Step Functions' words.

- `machine`: a definition as the engine walks it
- `faults`: what is refused, of which the other files know a part each
- `references`: the variables that states read
- `integrations`, `operations`, `sdk_services`: what Task states may call
"""
