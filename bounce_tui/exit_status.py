"""The exit statuses of every command.  A check that nobody answers is an input that failed."""

DONE = 0
SOME_INPUT_FAILED = 1
WRONG_USE = 2
INTERRUPTED = 130
