"""A Ticket de Ayuda: the steps in which it is written, the check before it is sent, the page of one that was sent."""
