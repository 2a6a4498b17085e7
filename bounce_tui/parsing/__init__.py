"""What a message says: bytes to `Bounce`."""
