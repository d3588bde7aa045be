"""An answer from the first word to the letter: drafts, files, the gate, the hold."""
