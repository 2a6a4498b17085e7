"""The message that somebody looks at: all its headers, parts and hops, and what came back with it."""
