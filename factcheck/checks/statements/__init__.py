"""What a text states, denies, plans or lets somebody say, and about whom."""
