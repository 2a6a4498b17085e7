"""What authenticates a sender: SPF, DKIM and the DMARC policy over both, and who breaks them on the way."""
