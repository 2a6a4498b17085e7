"""Addresses and domain names: as mail meets them, where registries end, what a registry tells of them."""
