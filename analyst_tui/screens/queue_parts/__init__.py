"""The list of tickets: what surrounds it, and one file for each family of commands."""
