"""The load stage: content files to articles, pages, digests' words and stories, one at a time."""
