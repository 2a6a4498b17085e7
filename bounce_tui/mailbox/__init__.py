"""Where mail lies: .eml files, folders, Maildirs, mboxes, standard input and pasted text."""
