"""Files of a source base: bytes in, `Source` records and named problems out."""

from factcheck.sources.listing import CorpusFile, list_corpus_files
from factcheck.sources.manifest import CorpusManifest, apply_manifest, read_manifest
from factcheck.sources.origins import find_origins, usable_sources
from factcheck.sources.read import CorpusRead, read_corpus, read_file

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
