"""What fills the terminal: one module a screen, imported when it is first needed."""
