"""A claim with several statements to its parts, where the wording allows it beyond doubt.

No parser is used. A claim is cut only where plain words show that a new statement begins: a
joining word before a verb that can only belong to the subject of the sentence, a second clause
with its own subject, a relative clause or an apposition between commas, "both … and". Every doubt
(a condition, a question, "or", a quotation, reported speech, a pronoun without its noun) leaves
the claim whole: a claim that is not split loses little, one that is split wrongly is judged by
something that it does not say.
"""

from __future__ import annotations

from factcheck.checks.grammar.tokens import tokenise
from factcheck.decompose.inserted import cut_both, cut_insertion
from factcheck.decompose.joined import cut_clauses, cut_verbs
from factcheck.decompose.sentence import MAX_PARTS, Clause, Part, Sentence
from factcheck.decompose.verbs import holds_quote
from factcheck.text import split_sentences

__all__ = ["Part", "split_claim"]

# Longer claims are paragraphs.
_MAX_CHARS = 400
# With one of these words anywhere the statements depend on one another.
_BLOCKING = frozenset(
    """if unless whether or nor either neither respectively together jointly combined altogether
    alike provided supposing lest rather instead""".split()
) | frozenset("()[]:—–…?")


def split_claim(text: str) -> tuple[Part, ...]:
    """The statements of a claim, in the order of their own words.

    Args:
        text: the claim as written.

    Returns:
        Two to four parts; empty when the claim is one statement or cannot be cut safely.
    """
    if len(text) > _MAX_CHARS or holds_quote(text):
        return ()
    tokens = tokenise(text)
    while tokens and tokens[-1].text in (".", "!"):
        tokens = tokens[:-1]
    if len(tokens) < 5 or any(token.lower in _BLOCKING for token in tokens):
        return ()
    stops = ". " in text.rstrip(". ")
    starts = frozenset(span.start for span in split_sentences(text)) if stops else frozenset[int]()
    sentence = Sentence(text, tokens, starts)
    parts = [part for clause in cut_clauses(sentence) for part in _parts_of(sentence, clause)]
    # A full stop left inside a part ends a sentence that could not be understood by itself.
    if not 2 <= len(parts) <= MAX_PARTS or any(". " in part.text for part in parts):
        return ()
    return tuple(sorted(parts, key=lambda part: (part.start, part.end)))


def _parts_of(sentence: Sentence, clause: Clause) -> list[Part]:
    """The statements of one clause."""
    stretches = cut_insertion(sentence, clause) or [clause]
    verbs = [piece for stretch in stretches for piece in cut_verbs(sentence, stretch)]
    if len(verbs) == 1:
        both = cut_both(sentence, verbs[0])
        if both:
            return both
    return [sentence.part(piece) for piece in verbs]
