"""What a message says: bytes to `Bounce`."""

from .reading import parse
from .replies import read_reply

__all__ = ["parse", "read_reply"]
