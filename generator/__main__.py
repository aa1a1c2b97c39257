"""Lets `python -m generator` stand for the `broadsheet` command."""

from __future__ import annotations

from generator.commands.cli import main

if __name__ == "__main__":
    main()
