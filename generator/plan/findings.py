"""What the plan finds wrong between files; where exactly it stands is looked up afterwards."""

from __future__ import annotations

import msgspec

from generator.config import Config
from generator.diagnostics import Severity
from generator.schema.problems import Path


def severity_of_images(config: Config) -> Severity:
    """How bad a missing image is: it holds up no site that publishes all but what has mistakes."""
    return "warning" if config.content.on_error == "skip" else "error"


class Finding(msgspec.Struct, frozen=True):
    """A mistake in the content file `source`: in a front matter value, or at a word of its body.

    With neither `path` nor `word` it concerns the whole file. `source` is "" for what concerns
    the settings.
    """

    severity: Severity
    source: str
    message: str
    hint: str = ""
    path: Path = ()
    word: str = ""
