"""Step Functions: state machines of the Amazon States Language, run on this machine.

- `definition`: a definition read, and refused in Step Functions' words
- `queries`: JSONPath, intrinsic functions, JSONata, and the rules of Choice states
- `tasks`: what Task states call: functions, jobs, other services, activities
- `engine`: an execution from its first state to its last, and its history
- `map_runs`: distributed maps
- `api`: the operations of the service
"""
