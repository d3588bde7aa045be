"""The pieces that screens are made of, painted line by line."""
