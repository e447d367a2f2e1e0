"""What follows from the numbers and dates of a passage: sums, shares, accounts, durations, ages."""
