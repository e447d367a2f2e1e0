"""Scores quoted claims against a source base, offline, with the evidence attached."""

from __future__ import annotations

__version__ = "0.1.0"
