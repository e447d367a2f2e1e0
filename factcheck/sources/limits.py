"""Limits against files that would fill memory, and the codes of everything that can go wrong.

The limits are far above what a newsroom's document needs (a 1,000-page report is about 3 MB of
text) and far below what a laptop has in memory.
"""

from __future__ import annotations

MEBIBYTE = 1024 * 1024

# One file as it lies on disk.
MAX_FILE_BYTES = 512 * MEBIBYTE
# All parts of a DOCX or of a gzipped file together, unpacked.
MAX_UNPACKED_BYTES = 512 * MEBIBYTE
# Parts of a DOCX; Word itself writes a few dozen, plus one per picture.
MAX_ZIP_ENTRIES = 20_000
# Parsing HTML costs many times its size.
MAX_HTML_BYTES = 32 * MEBIBYTE
# One document's text, or one cell of a table.
MAX_TEXT_CHARS = 50 * MEBIBYTE
MAX_CELL_CHARS = 2 * MEBIBYTE
# sources.yaml with 10,000 entries is about 2 MB.
MAX_YAML_BYTES = 16 * MEBIBYTE
# Bad rows named one by one per file; the rest are counted.
MAX_ROW_PROBLEMS = 20

CORPUS_MISSING = "FC301"
CORPUS_EMPTY = "FC302"
NOT_READABLE = "FC303"
UNKNOWN_FORMAT = "FC304"
NO_TEXT = "FC305"
NOT_TEXT = "FC306"
DAMAGED = "FC307"
ENCRYPTED = "FC308"
TOO_LARGE = "FC309"
BAD_ROW = "FC310"
BAD_METADATA = "FC311"
BAD_MANIFEST = "FC312"
DUPLICATE_ID = "FC313"
SET_ASIDE = "FC314"
GUESSED_ENCODING = "FC315"
LINK_LOOP = "FC316"
