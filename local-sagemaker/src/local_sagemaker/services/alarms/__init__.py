"""CloudWatch alarms that go off: local AWS looks at their metrics, moto only stores them.

Differences from AWS, on purpose:
- An alarm is evaluated four times a second on the last periods up to now, which need not begin at
  full minutes, so that it goes off as soon as the metric says so.
- A state that was set by hand stays until the metric gives another one than before.
- Alarms on expressions, anomaly bands and other alarms are refused, and so are trimmed means and
  the like, and actions other than topics and functions.
"""
