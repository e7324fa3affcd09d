"""When a schedule expression of EventBridge Scheduler is due: rate(...), cron(...) and at(...)."""
