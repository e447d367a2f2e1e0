"""Rules that make new labelled pairs from supported and refuted ones.

Every rule is a pure function of its texts and a random generator and returns None where it does
not apply. A rule that changes the label has a twin that leaves it, with the same wording, so
that no word of a rule tells the label by itself.
"""
