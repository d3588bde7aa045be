"""What concerns several tickets at once: joining two of a person, doing one thing to many, one answer to many."""
