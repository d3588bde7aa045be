"""Tests of coming in with ClaveÚnica: our site and a real OpenID server, both spoken to over HTTP."""
