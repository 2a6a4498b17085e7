"""What a run of checks starts from, and which checks follow from a bounce."""
