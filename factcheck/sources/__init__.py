"""Files of a source base: bytes in, `Source` records and named problems out."""
