"""SPF as RFC 7208 evaluates it, with a trace of what matched where."""
