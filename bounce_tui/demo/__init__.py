"""The samples' DNS: an embedded server on loopback that answers from samples/zones."""
