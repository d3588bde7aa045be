"""An opened ticket: its pane for writing, and one file for each family of commands."""
