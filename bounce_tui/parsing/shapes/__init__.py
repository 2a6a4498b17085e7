"""Shapes that many reports share: lines that begin with an address, labelled lines, transcripts, closings."""
