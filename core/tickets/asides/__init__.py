"""What is kept beside a ticket: tags, mentions, relations, its history, its papers."""
