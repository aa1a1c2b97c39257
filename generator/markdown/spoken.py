"""What the parser itself says in a body, in English: pages say it in their own language."""

from __future__ import annotations

# What stands before the title of an admonition, such as `Note`.
ADMONITION = '<p class="markdown-alert-title">'
FOOTNOTES = '<section class="footnotes" aria-label="Footnotes">'
