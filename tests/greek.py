"""A newsletter with every kind of page, all of whose own text is Greek: any Latin word is the theme's."""

from __future__ import annotations

from tests.published import article
from tests.sites import File

SITE = """\
title: Εφημερίδα
url: https://letter.example/
description: Νέα κάθε εβδομάδα
language: {language}
publisher: {{name: Εκδότης}}
rights: Όλα
share: [x, email, copy]
search: true
subscribe: {{action: "https://post.example/in", field: mail, name: Ταχυδρομείο}}
taxonomies: {{tags: {{matrix: true}}, authors: {{}}, audiences: {{}}}}
paginate: 2
stories: {{odos: {{title: Δρόμος}}}}
"""

FULL = (
    "tags: [Άλφα, Βήτα]",
    "authors: [Μαρία, Νίκος, Όλγα]",
    "summary: Σύνοψη",
    "story: odos",
    "updated: 2026-11-21",
    "source: {name: Πηγή, url: 'https://source.example/', published: 2026-11-18T10:00:00Z}",
    "collected: 2026-11-18T11:00:00Z",
    "tldr: {changed: Ένα, matters: Δύο, next: Τρία, audience: [Όλοι]}",
    "analysis: {by: ai, model: Μηχανή}",
    "takeaways: [Πρώτο]",
    "comparison: {caption: Σύγκριση, columns: ['', Τιμή], rows: [[Γάλα, '1']]}",
    "deep_dive: [{term: Όρος, text: Ορισμός}]",
    "timeline: [{date: 2024-03, event: Αρχή, source: p}, {date: 2023, event: Πριν}]",
    "sources: [{id: p, title: Πηγή, publisher: Οίκος, date: 2026-11}]",
    "corrections: [{date: 2026-11-20, text: Λάθος}]",
    "implications:",
    "  - {claim: Θα γίνει, rationale: Επειδή, by: 2027-03, probability: 0.7, sources: [p]}",
    "  - {claim: Έληξε, by: 2026-11-20}",
    "  - {claim: Αποσύρθηκε, by: 2027, outcome: withdrawn, resolved: 2026-11-20}",
)
FORECASTS = tuple(
    f"  - {{claim: Πρόβλεψη {number}, who: Κώστας, by: 2026-11-{number + 1}, probability: 0.{number % 9}, "
    f"outcome: {'true' if number % 2 else 'false'}, resolved: 2026-11-19}}"
    for number in range(1, 12)
)


def newsletter(language: str) -> dict[str, File]:
    """The files of a site in that language, whose articles are in its language."""
    return {
        "site.yaml": SITE.format(language=language),
        "content/articles/2026-11-10-proto.md": article(
            "Πρώτο", "2026-11-10", "story: odos", "tags: [Άλφα]", body="Κείμενο.\n"
        ),
        "content/articles/2026-11-18-ola.md": article(
            "Όλα μαζί", "2026-11-18", *FULL, *FORECASTS,
            body="Κείμενο[@p].\n\n## Ένα\n\n## Δύο\n\n## Τρία\n",
        ),
        "content/articles/2026-11-24-neo.md": article(
            "Νέο", "2026-11-24", "story: odos", "tags: [Άλφα]", "analysis: {by: mixed}",
            "aliases: [/palio/]", body="Κείμενο.\n",
        ),
        "content/articles/2026-11-24-allo.md": article(
            "Άλλο", "2026-11-24", "tags: [Βήτα]", "audiences: [Όλοι]",
            "comparison: {columns: ['', Τιμή], rows: [[Γάλα, '2']]}", body="Κείμενο.\n",
        ),
        "content/pages/selida.md": "---\ntitle: Σελίδα\nupdated: 2026-11-01\n---\nΚείμενο.\n",
        "content/digests/2026-W47.md": (
            "---\nweek: 2026-W47\nsubject: Θέμα\npicks: [ola]\nsponsor: {name: Χορηγός}\n---\nΛόγια.\n"
        ),
    }  # fmt: skip
