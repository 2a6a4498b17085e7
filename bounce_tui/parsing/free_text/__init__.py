"""A report in anybody's words, which no family knows.

`generic` reads it; the modules beside it find whose mail failed and what is said of each.
"""
