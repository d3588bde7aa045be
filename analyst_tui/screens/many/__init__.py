"""Several tickets at once: what to do with the marked ones, the preview of it, one answer to many with its letters."""
