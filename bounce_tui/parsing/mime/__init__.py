"""The bytes of a message as its parts: header fields, MIME entities, charsets."""
