"""The program of a process of its own that looks into one file: what it reads may be built to do harm."""
