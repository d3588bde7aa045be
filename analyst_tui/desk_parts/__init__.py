"""The desk's application in parts: what all of it shares, who sits there, and how it ends."""
