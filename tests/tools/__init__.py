"""What the project's people run by hand: nothing here is part of the service."""
