"""What a search line means: its pieces, its keys with their values, and the tickets that they stand for."""
