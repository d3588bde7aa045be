"""Files that people send along with a ticket: received, looked into, kept by the hash of their content."""
