"""Share cards: the pictures that other sites show where an article or a digest is linked."""
