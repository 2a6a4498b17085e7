"""Asking DNS: the resolver with its cache, answers as the checks see them, and what they say in words."""
