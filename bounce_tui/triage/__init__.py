"""The queue of loaded bounces, apart from any widget."""
