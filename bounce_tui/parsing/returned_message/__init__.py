"""The message that came back: where it begins, what its header says, which way it took."""
