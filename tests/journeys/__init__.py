"""Journeys through several parts of the service at once."""
