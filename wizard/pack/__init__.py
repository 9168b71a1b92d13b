"""The PDF pack: laid out, tagged, assembled."""
