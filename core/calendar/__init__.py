"""Business days of Chile."""
