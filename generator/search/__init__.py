"""Search: which articles must be indexed again, their text, and the run of Pagefind."""
