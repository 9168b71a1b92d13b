"""The Section 19 referral wizard: from a school's papers to one signed pack."""
