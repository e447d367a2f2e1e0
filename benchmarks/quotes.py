"""Quotations: how often each class made by rule is judged as it must be, and how fast.

    python benchmarks/quotes.py [--per-class 2000] [--data FOLDER] [--no-pdf] [--speed-only]

Sentences come from the example corpus and, where FOLDER holds them, from gzipped JSONL corpora
with `doc_id` and `text`. Absent quotations are sentences that no other document comes close to,
looked for while their own document is hidden. Half of the documents are indexed as a typesetter
broke them; in a second run all of them are printed to PDF and read back.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from quote_classes import ALTERED_CLASSES, CLASSES, Made, QuoteMaker, Sentence, squash, typeset
from quote_corpus import IndexedCorpus, MemoryCorpus
from recording import ROOT, write_result

from factcheck.passages import split_passages
from factcheck.quotes import locate_quote
from factcheck.records import Passage, QuoteStatus, Source
from factcheck.text import canonical_text

SEED = 20260
_SHINGLE = 8
_LARGE = 200_000
_FILLER_WORDS = 880


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--per-class", type=int, default=2000)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "corpora")
    parser.add_argument("--no-pdf", action="store_true")
    parser.add_argument("--no-speed", action="store_true")
    parser.add_argument("--speed-only", action="store_true", help="print how fast, and no more")
    parser.add_argument("--show", action="store_true", help="print what was judged wrongly")
    arguments = parser.parse_args()
    rng = random.Random(SEED)
    sources = read_sources(arguments.data)
    if arguments.speed_only:
        print(json.dumps(speed(sources, some_quotes(sources)), indent=1))
        return
    every = sentences_of(sources)
    sentences = without_copies(every)
    maker = QuoteMaker(sentences, without_copies(without_kin(every)), SEED)
    made = {kind: maker.make(kind, arguments.per_class) for kind in CLASSES}
    figures: dict[str, Any] = {
        "sources": len(sources),
        "sentences": len(sentences),
        "plain": measure(made, MemoryCorpus(half_typeset(sources, rng)), arguments.show),
    }
    if not arguments.no_pdf:
        figures["pdf"] = measure(
            printable(made), MemoryCorpus(through_pdf(sources)), arguments.show
        )
    if not arguments.no_speed:
        figures["speed"] = speed(sources, made)
    print(json.dumps(figures, indent=1))
    write_result("quotes", figures, seed=SEED)


def some_quotes(sources: Sequence[Source]) -> dict[str, list[Made]]:
    """Sixty quotations of every class; the absent ones may have kin elsewhere."""
    sentences = without_copies(sentences_of(sources))
    maker = QuoteMaker(sentences, sentences, SEED)
    return {kind: maker.make(kind, 60) for kind in CLASSES}


def make_source(source_id: str, text: str) -> Source:
    """A source of plain text."""
    text = canonical_text(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Source(id=source_id, path=source_id, text=text, sha256=digest)


def read_sources(data: Path) -> list[Source]:
    """The example corpus and the corpora under `data`, if there are any."""
    from factcheck.sources import read_corpus

    sources = list(read_corpus(ROOT / "corpus").sources)
    for path in sorted(data.glob("*.jsonl.gz")) if data.is_dir() else ():
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        sources += [make_source(f"{path.name}#{row['doc_id']}", row["text"]) for row in rows]
    return sources


def sentences_of(sources: Iterable[Source]) -> list[Sentence]:
    """Every sentence with its place in the source, copies included."""
    return [
        Sentence(" ".join(passage.text.split()), source.id, position)
        for source in sources
        for position, passage in enumerate(split_passages(source))
    ]


def without_copies(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The first of each group of equal sentences."""
    return list({squash(sentence.text): sentence for sentence in reversed(sentences)}.values())


def without_kin(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Sentences that no other source repeats, whole or nearly: they go when their source is hidden.

    Kin is judged by means that the product does not use: a shared run of eight words, or two
    thirds of all different words shared.
    """
    holders: dict[str, set[str]] = {}
    with_word: dict[str, list[int]] = {}
    bags = [{w for w in (squash(x) for x in s.text.split()) if w} for s in sentences]
    for index, sentence in enumerate(sentences):
        for shingle in _shingles(sentence.text):
            holders.setdefault(shingle, set()).add(sentence.source_id)
        for word in bags[index]:
            with_word.setdefault(word, []).append(index)
    found = []
    for index, sentence in enumerate(sentences):
        if any(len(holders[shingle]) > 1 for shingle in _shingles(sentence.text)):
            continue
        shared = Counter(other for word in bags[index] for other in with_word[word])
        if not any(
            3 * count >= 2 * len(bags[index] | bags[other])
            and sentences[other].source_id != sentence.source_id
            for other, count in shared.items()
        ):
            found.append(sentence)
    return found


def _shingles(text: str) -> list[str]:
    words = [w for w in (squash(word) for word in text.split()) if w]
    return [" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)]


def half_typeset(sources: Sequence[Source], rng: random.Random) -> list[Source]:
    """Every second source as a typesetter breaks it."""
    return [
        make_source(source.id, typeset(source.text, rng))
        if index % 2
        else replace(source, segments=())
        for index, source in enumerate(sources)
    ]


def through_pdf(sources: Sequence[Source]) -> list[Source]:
    """The same sources printed to PDF and read back by the product's own reader."""
    from fpdf import FPDF

    from factcheck.sources import read_file

    found: list[Source] = []
    with tempfile.TemporaryDirectory(prefix="factcheck-quotes-") as name:
        for index, source in enumerate(sources):
            page = FPDF()
            page.add_page()
            page.set_font("Times", size=11)
            page.core_fonts_encoding = "cp1252"
            text = source.text.encode("cp1252", "ignore").decode("cp1252")
            page.multi_cell(0, 6, hyphenable(text), align="J" if index % 2 else "L")
            page.output(f"{name}/{index}.pdf")
            read, _ = read_file(Path(name), f"{index}.pdf")
            found += [replace(item, id=source.id) for item in read]
    return found


def hyphenable(text: str) -> str:
    """Long words with soft hyphens, at which the typesetter may break a line."""
    return re.sub(r"\b[a-z]{4}(?=[a-z]{4})", lambda match: match.group() + "\u00ad", text)


def printable(made: dict[str, list[Made]]) -> dict[str, list[Made]]:
    """Quotations whose sentences the standard fonts of PDF can set."""
    return {
        kind: [quote for quote in quotes if _is_printable(quote)] for kind, quotes in made.items()
    }


def _is_printable(quote: Made) -> bool:
    try:
        quote.origin.text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return quote.kind != "spliced" or quote.text.isascii()


def measure(made: dict[str, list[Made]], corpus: MemoryCorpus, show: bool) -> dict[str, Any]:
    """Judge every quotation and count the answers per class."""
    answers: dict[str, Counter[str]] = {kind: Counter() for kind in made}
    for kind, quotes in made.items():
        for quote in quotes:
            corpus.hidden = quote.origin.source_id if kind == "absent" else None
            status = locate_quote(quote.text, corpus).status
            answers[kind][status.value] += 1
            if show and is_wrong(kind, status):
                print(f"{kind} called {status.value}: {quote.text!r}\n   {quote.origin.text!r}")
    return {"answers": {k: dict(sorted(v.items())) for k, v in answers.items()}, **rates(answers)}


def is_wrong(kind: str, status: QuoteStatus) -> bool:
    """Whether an answer breaks what its class demands."""
    same = (QuoteStatus.VERBATIM, QuoteStatus.TRIVIAL)
    if kind == "unchanged":
        return status not in same
    if kind == "absent":
        return status is not QuoteStatus.NOT_FOUND
    if kind == "spliced":
        return status is not QuoteStatus.SPLICED
    if kind == "ellipsis":
        return status is not QuoteStatus.ELLIPSIS
    return status is not QuoteStatus.ALTERED


def rates(answers: dict[str, Counter[str]]) -> dict[str, float | int]:
    """The four figures that matter, and what is missed."""
    altered = sum((answers[kind] for kind in ALTERED_CLASSES), Counter())
    unchanged, absent = answers["unchanged"], answers["absent"]
    return {
        "altered_called_same": altered["verbatim"] + altered["trivial"],
        "altered_not_found": _share(altered, ("not_found",)),
        "unchanged_called_altered": _share(unchanged, ("altered", "spliced", "ellipsis")),
        "unchanged_not_found": _share(unchanged, ("not_found",)),
        "absent_called_found": round(1 - _share(absent, ("not_found",)), 5),
        "splices_found": _share(answers["spliced"], ("spliced",)),
        "ellipses_found": _share(answers["ellipsis"], ("ellipsis",)),
    }


def _share(counts: Counter[str], keys: Sequence[str]) -> float:
    total = counts.total()
    return round(sum(counts[key] for key in keys) / total, 5) if total else 0.0


def speed(sources: Sequence[Source], made: dict[str, list[Made]]) -> dict[str, Any]:
    """Time to locate one quotation in 200,000 passages of the product's own index.

    They are the corpus, and sentences of its words in random order.
    """
    with tempfile.TemporaryDirectory(prefix="factcheck-quotes-") as name:
        begun = time.process_time()
        corpus = IndexedCorpus(Path(name), _many(sources))
        result: dict[str, Any] = {
            "passages": corpus.passages,
            "building_cpu_s": round(time.process_time() - begun, 1),
        }
        everything: list[tuple[float, float]] = []
        for kind, quotes in made.items():
            times = []
            for quote in quotes[:60]:
                corpus.hidden = quote.origin.source_id if kind == "absent" else None
                corpus.start()
                begun_wall, begun = time.perf_counter(), time.process_time()
                locate_quote(quote.text, corpus)
                times.append((time.perf_counter() - begun_wall, time.process_time() - begun))
            everything += times
            result[kind] = _milliseconds(times)
    result["all"] = _milliseconds(everything)
    return result


def _many(sources: Sequence[Source]) -> Iterator[tuple[Source, Sequence[Passage]]]:
    rng = random.Random(SEED)
    words = [word for source in sources for word in source.text.split()]
    count = 0
    for source in sources:
        passages = split_passages(source)
        count += len(passages)
        yield source, passages
    while count < _LARGE:
        start = rng.randrange(len(words) - _FILLER_WORDS)
        bag = words[start : start + _FILLER_WORDS]
        rng.shuffle(bag)
        sentences = [" ".join(bag[i : i + 22]) for i in range(0, len(bag), 22)]
        filler = make_source(f"filler-{count}", "\n".join(sentences))
        passages = _line_passages(filler)
        count += len(passages)
        yield filler, passages


def _milliseconds(times: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Medians and 95th percentiles; processor time tells more on a machine with other work."""
    found = {}
    for name, index in (("wall", 0), ("cpu", 1)):
        values = sorted(1000 * pair[index] for pair in times)
        found[f"{name}_median_ms"] = round(statistics.median(values), 1)
        found[f"{name}_p95_ms"] = round(values[int(0.95 * len(values))], 1)
    return found


def _line_passages(source: Source) -> list[Passage]:
    """One passage a line."""
    return [
        Passage(
            id=f"{source.id}@{match.start()}",
            source_id=source.id,
            start=match.start(),
            end=match.end(),
            text=match.group(),
        )
        for match in re.finditer(r"[^\n]+", source.text)
    ]


if __name__ == "__main__":
    main()
