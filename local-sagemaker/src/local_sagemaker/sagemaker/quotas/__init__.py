"""Quotas of instances: how many there may be at once, and what Service Quotas answers of them.

Names, and the codes of those that are listed in `catalogue`, are those of AWS; other codes are our
own. A quota that local AWS was not given is generous. Instances count from the request on, and
those of a tuning job's parallel training jobs all at once, as AWS says when it refuses one.
"""
