"""One module for each journey of a citizen."""
