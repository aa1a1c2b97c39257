"""The command line: arguments, the clock, messages and exit codes."""
