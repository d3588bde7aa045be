"""Tickets de Ayuda: opening, following, the desk."""
