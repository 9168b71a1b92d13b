"""The encrypted referral file and its keys."""
