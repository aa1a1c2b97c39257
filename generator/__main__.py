"""Lets `python -m generator` stand for the `broadsheet` command."""

from generator.commands.cli import main

main()
