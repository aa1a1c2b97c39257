"""Markdown to safe, balanced HTML."""
