"""The render stage: one page's values and the templates to the bytes of one file."""
