"""Hours at an office: one's own, and the way to one."""
