"""How long models have gone without a successful run, for alarms and the dashboard."""
