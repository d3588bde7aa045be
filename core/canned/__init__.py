"""Canned answers: texts that staff keep, fill in and send, each with its owner, its law and its end."""
