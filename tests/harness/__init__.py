"""Real databases, mail servers, browsers and terminals for the tests."""
