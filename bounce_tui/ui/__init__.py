"""The app on the whole screen, drawn with Textual."""
