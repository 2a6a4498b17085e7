"""The driver of the terminal: takes it for the app, sends what changes on the screen, gives it back."""
