"""Watch mode: builds when a file changes, serves the output folder, reloads open pages."""
