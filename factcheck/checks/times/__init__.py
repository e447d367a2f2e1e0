"""Dates as a text writes them, and the events that they are the dates of."""
