"""Whether a message is a report: rules that are sure of it, signs that are weighed, what else it is."""
