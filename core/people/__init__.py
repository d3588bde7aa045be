"""Accounts, the persons they stand for, sessions, staff, policy."""
