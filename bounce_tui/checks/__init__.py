"""What DNS says today: the planned checks of a bounce, their results and the verdict."""
