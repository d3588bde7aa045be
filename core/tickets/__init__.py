"""Tickets de Ayuda. What all verbs share and the desk's own verbs stand here; the rest has rooms of its own:

`citizens` what a person does, `lists` and `searching` how the desk finds a ticket, `answers` an answer from its first word
to its letter, `asides` what is kept beside a ticket, `many` what is done to many at once.
"""
