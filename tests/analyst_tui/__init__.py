"""The terminal, driven as its users drive it."""
