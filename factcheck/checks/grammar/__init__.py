"""Words, clauses and names of a text: what every check reads first."""
