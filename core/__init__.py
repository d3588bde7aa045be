"""What the help desk knows and does: no web, no terminal."""
