"""Weights learnt from texts: how far words, pairs of words and parts of words speak for each reading."""
