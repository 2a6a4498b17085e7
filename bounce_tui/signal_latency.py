"""How long a thread may sleep before it looks whether a signal has come.

Python acts on a signal between two instructions of the main thread.  One that strikes after its last look and
before a wait begins, or in another thread, does not end that wait: ctrl+c would be heard at the next event,
which may never come.
"""

SIGNAL_LATENCY_S = 0.5
"""Seconds that a signal may wait at the most: no wait of the main thread is longer without a look."""
