"""The exit statuses of every command."""

DONE = 0
SOME_INPUT_FAILED = 1
WRONG_USE = 2
INTERRUPTED = 130
