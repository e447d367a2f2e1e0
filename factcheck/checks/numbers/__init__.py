"""Numbers as a text writes them: numerals, words, bounds, units and what they count."""
