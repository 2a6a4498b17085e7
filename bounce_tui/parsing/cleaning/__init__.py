"""Text made readable: freed of HTML, of decorations and banners, and of forms that programs write."""
