"""The example: invented people and tickets that look like a service's three years."""
