"""stub"""

from __future__ import annotations
from dataclasses import dataclass


@dataclass(frozen=True)
class Attribution:
    x: int = 0


def find_attributions(layout):
    return ()
