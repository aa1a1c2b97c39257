"""The plan stage: from all that was loaded to the list of all pages, each with its values."""
