"""What one bounce suggests beside its diagnosis: a mistyped address, the content of the returned mail,
words for the user.  Nothing here is fact and nothing is looked up."""
