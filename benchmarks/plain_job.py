"""The main job as one would write it plainly: sentence-transformers, FAISS, CrossEncoder on torch.

python benchmarks/plain_job.py CLAIMS.json INDEX_DIR ENCODER_DIR VERIFIER_DIR [--prepare]

It reads the passages of a factcheck index, so that both jobs search the same texts; `--prepare`
encodes them once, as a ready index.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"

TOP = 12


def main() -> None:
    import faiss
    from sentence_transformers import CrossEncoder, SentenceTransformer

    claims_file, index, encoder_dir, verifier_dir, *rest = sys.argv[1:]
    encoder = SentenceTransformer(encoder_dir)
    texts = [
        f"{context} {text}"
        for context, text in sqlite3.connect(Path(index) / "index.sqlite").execute(
            "SELECT context, text FROM passages ORDER BY rowid"
        )
    ]
    stored = Path(index) / "plain.faiss"
    if rest == ["--prepare"]:
        vectors = encoder.encode(texts, normalize_embeddings=True)
        search = faiss.IndexFlatIP(vectors.shape[1])
        search.add(vectors)
        faiss.write_index(search, str(stored))
        return
    claims = [entry["claim"] for entry in json.loads(Path(claims_file).read_text())]
    search = faiss.read_index(str(stored))
    verifier = CrossEncoder(verifier_dir)
    queries = encoder.encode(claims, normalize_embeddings=True)
    _, found = search.search(queries, TOP)
    pairs = [(texts[row], claim) for claim, rows in zip(claims, found) for row in rows]
    scores = verifier.predict(pairs)
    for number, claim in enumerate(claims):
        best = scores[number * TOP : (number + 1) * TOP]
        print(json.dumps({"claim": claim, "scores": best.tolist()}))


if __name__ == "__main__":
    main()
