"""What the screens are made of: each part does one thing and names what it needs for it."""
