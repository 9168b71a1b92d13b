"""Words and areas blacked out, and the proof that they are gone."""
