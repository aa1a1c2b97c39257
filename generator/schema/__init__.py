"""A small language for what a YAML or TOML document may hold: it validates, and it documents."""
