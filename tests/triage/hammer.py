"""Marks mails done, one after the other, until it is killed; prints each number that the store took.

hammer.py DATABASE FIRST
"""

import sys
from pathlib import Path

from bounce_tui.triage.store.store import Store

store = Store(Path(sys.argv[1]))
number = int(sys.argv[2])
while True:
    store.change([number.to_bytes(8, "big")], state="done", note=f"note {number}")
    print(number, flush=True)
    number += 2
