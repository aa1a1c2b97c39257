"""The newsletter's pages in a real browser."""
