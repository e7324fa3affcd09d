"""The operations of the service, over HTTP.

Resources are kept apart by region, in memory: a new server starts empty. Executions are kept for as
long as it runs. Local AWS has no time in which a change is not yet seen everywhere.
"""
