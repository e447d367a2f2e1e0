"""Renders reports: one pure function per format, one registry."""
