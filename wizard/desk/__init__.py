"""Where store, evidence, packs and window meet: opens referrals and carries out what their pages ask for."""
