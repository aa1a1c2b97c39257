"""Lets each article know the one before and the one after it, which Pelican's core does not."""

from itertools import pairwise

from pelican import signals


def _join(generator):
    articles = generator.articles
    for newer, older in pairwise(articles):
        older.newer = newer
        newer.older = older


def register():
    signals.article_generator_finalized.connect(_join)
