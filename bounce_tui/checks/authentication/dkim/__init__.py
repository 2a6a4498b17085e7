"""DKIM signatures (RFC 6376) of a returned message: read from it, tried with the key that DNS holds now."""
