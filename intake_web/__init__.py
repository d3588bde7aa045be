"""The citizens' site: turns requests into one service call each, and views into pages."""
