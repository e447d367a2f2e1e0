"""The index on disk: one SQLite database and one FAISS file, bound by a manifest."""
