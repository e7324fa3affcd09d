"""What the benchmark of cold starts consists of: functions as they are deployed."""
