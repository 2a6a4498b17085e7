"""What the screens say, as lines of words with roles; nothing here knows a widget."""
