"""What the user has done with mails, and what failed before: kept in the user's state folder."""
