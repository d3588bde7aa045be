"""The desk's lists and their orders, and what tells that they changed."""
