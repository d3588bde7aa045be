"""Rules of the house that a machine checks, beside import-linter's."""
