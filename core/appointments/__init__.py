"""Hours at an office: offices and when they attend, free hours, booking, the day's list."""
