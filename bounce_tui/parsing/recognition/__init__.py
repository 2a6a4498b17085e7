"""What a message is: a report, a complaint, an automatic answer, or mail of another kind."""
