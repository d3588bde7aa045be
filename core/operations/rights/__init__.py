"""Rights over one's own data (Ley 21.719): to see, take along, correct, object, block and erase."""
