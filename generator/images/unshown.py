"""What telephones write that browsers do not show: how its files end, and what is said of it."""

from __future__ import annotations

# Such a file is published by no mistake: it says where it was taken.
UNSHOWN = (".heic", ".heif", ".hif")
WHY = "browsers do not show HEIC"
HINT = "export it as JPEG"


def is_unshown(path: str) -> bool:
    """Whether a file of that name is in such a format."""
    return path.lower().endswith(UNSHOWN)
