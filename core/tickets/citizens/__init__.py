"""What a person does: write a ticket, follow it, judge its answer, write again."""
