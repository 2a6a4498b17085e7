"""The user's own rule files: where they lie, and what is read of them."""
