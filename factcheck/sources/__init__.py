"""Files of a source base: bytes in, `Source` records and named problems out.

Names are imported when they are used, so that looking whether a corpus has changed does not cost
the loading of its readers.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from factcheck.sources.listing import CorpusFile, list_corpus_files
    from factcheck.sources.manifest import CorpusManifest, apply_manifest, read_manifest
    from factcheck.sources.origins import find_origins, usable_sources
    from factcheck.sources.read import CorpusRead, read_corpus, read_file

_HOMES = {
    "CorpusFile": "listing",
    "CorpusManifest": "manifest",
    "CorpusRead": "read",
    "apply_manifest": "manifest",
    "find_origins": "origins",
    "list_corpus_files": "listing",
    "read_corpus": "read",
    "read_file": "read",
    "read_manifest": "manifest",
    "usable_sources": "origins",
}

__all__ = [
    "CorpusFile",
    "CorpusManifest",
    "CorpusRead",
    "apply_manifest",
    "find_origins",
    "list_corpus_files",
    "read_corpus",
    "read_file",
    "read_manifest",
    "usable_sources",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'factcheck.sources' has no attribute '{name}'")
    value = getattr(importlib.import_module(f"factcheck.sources.{home}"), name)
    globals()[name] = value
    return value
