"""The dossier of a trámite: everything that reaches across its tickets, whoever they are of."""
