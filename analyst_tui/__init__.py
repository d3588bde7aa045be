"""The desk: the terminal in which analysts and supervisors work."""
