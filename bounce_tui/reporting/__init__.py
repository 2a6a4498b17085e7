"""Every text form of a case, made safe for terminals and spreadsheets."""
