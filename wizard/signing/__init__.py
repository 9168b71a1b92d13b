"""The seal: identity, signing and verification."""
