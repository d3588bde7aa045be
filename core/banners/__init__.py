"""Banners: short notices on every page, such as maintenance or another way to reach the service."""
