"""Binding to SQLite or PostgreSQL, transactions, schema."""
