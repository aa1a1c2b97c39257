"""Front matter: the data before a file's text, in YAML, TOML or as a Pelican header."""
