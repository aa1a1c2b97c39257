"""Lets each article know the one before and the one after it, which Pelican's core does not."""

from pelican import signals


def _join(generator):
    articles = generator.articles
    for newer, older in zip(articles, articles[1:]):
        older.newer = newer
        newer.older = older


def register():
    signals.article_generator_finalized.connect(_join)
