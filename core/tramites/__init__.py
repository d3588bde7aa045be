"""The catalogue of subjects and the procedures of each person."""
