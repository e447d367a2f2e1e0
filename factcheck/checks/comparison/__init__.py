"""Two numbers side by side: whether they measure one thing, agree, and how sure that is."""
