"""The shipped models on ONNX Runtime: quick to start, the same answer alone and in a batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factcheck.errors import ModelError, raise_if_stopped
from factcheck.models.alignment import Alignment
from factcheck.models.batching import Batch, count_threads, plan_batches
from factcheck.models.processor import sums_bytes_exactly
from factcheck.models.registry import ORDERED, SEGMENTS, PairTemplate, WeightsCard, verify_files
from factcheck.models.verifier import STANCES, calibrate, stance_columns

# A token is rarely longer; more characters cannot matter, but would have to be tokenised.
_CHARACTERS_PER_TOKEN = 64
# What evidence keeps when a claim alone would fill the input.
_EVIDENCE_TOKENS = 32

TokenIds = list[int]
TokenTypes = list[int]

_INTEGERS: dict[str, type[np.signedinteger[Any]]] = {
    "tensor(int64)": np.int64,
    "tensor(int32)": np.int32,
}


class _Runtime:
    """One ONNX Runtime session and its tokeniser.

    Each batch runs on one thread and batches run side by side: that scales better than splitting
    one small matrix product over the cores, and the result does not depend on the thread count.
    """

    def __init__(self, card: WeightsCard, threads: int | None) -> None:
        verify_files(card)
        self.card = card
        self._pad = card.pair.pad if card.pair is not None else 0
        self.threads = count_threads(threads)
        try:
            self._session = _open_session(card)
            self._tokenizer = _open_tokenizer(card.tokenizer, card.tokenizer_sha256)
            self._inputs = {i.name: _INTEGERS[i.type] for i in self._session.get_inputs()}
        except ImportError as error:
            raise_if_stopped(error)
            raise ModelError(
                f"a package that runs the {card.role} is missing: {error}",
                hint="install factcheck again with its dependencies",
                code="FC522",
            ) from error
        except Exception as error:
            raise ModelError(
                f"the {card.role} {card.name} cannot be loaded: {_first_line(error)}",
                where=card.path,
                hint="install the package again, or update onnxruntime and tokenizers",
                code="FC522",
            ) from error

    def tokenise(self, texts: Sequence[str]) -> list[TokenIds]:
        """Token ids of each text without special tokens; equal texts are cut only once."""
        limit = self.card.max_tokens * _CHARACTERS_PER_TOKEN
        different = list(dict.fromkeys(texts))
        # A lone surrogate, which JSON can hold, has no UTF-8 form; the tokeniser would refuse it.
        clean = [text[:limit].encode("utf-8", "replace").decode("utf-8") for text in different]
        with _mapped_errors(self.card):
            encodings = self._tokenizer.encode_batch(clean, add_special_tokens=False)
        ids = {text: encoding.ids for text, encoding in zip(different, encodings)}
        return [ids[text] for text in texts]

    def special(self, token: str) -> int:
        """The id of a special token."""
        return int(self._tokenizer.token_to_id(token))

    def token(self, number: int) -> str | None:
        """The token of an id."""
        token: str | None = self._tokenizer.id_to_token(number)
        return token

    def run(self, inputs: Sequence[tuple[TokenIds, TokenTypes]], width: int) -> NDArray[np.float32]:
        """Run the model.

        Args:
            inputs: token ids, special ones included, and a type for each.
            width: columns of the output.

        Returns:
            (n, width) float32 in input order.
        """
        # Wire copies and overlapping contexts ask for the same input again and again.
        place: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {}
        places = [place.setdefault((tuple(i), tuple(t)), len(place)) for i, t in inputs]
        different = list(place)
        results = np.zeros((len(different), width), dtype=np.float32)
        batches = plan_batches([len(ids) for ids, _ in different], limit=self.card.max_tokens)

        def compute(batch: Batch) -> None:
            rows = [different[row] for row in batch.rows]
            feeds = _feeds(rows, batch.tokens, self._inputs, self._pad)
            results[list(batch.rows)] = self._session.run(None, feeds)[0]

        with _mapped_errors(self.card):
            _for_each(compute, batches, self.threads)
        return results[places]


class OnnxEncoder:
    """A shipped sentence encoder; see `factcheck.models.encoder.Encoder`."""

    def __init__(self, card: WeightsCard, *, threads: int | None = None) -> None:
        self._runtime = _Runtime(card, threads)
        self._start = self._runtime.special("[CLS]")
        self._end = self._runtime.special("[SEP]")

    @property
    def card(self) -> WeightsCard:
        """What is known about the weights."""
        return self._runtime.card

    @property
    def name(self) -> str:
        """How reports name it."""
        return self.card.name

    @property
    def sha256(self) -> str:
        """Of the weights."""
        return self.card.sha256

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self.card.dimension

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, (n, dimension) float32, in input order."""
        room = self.card.max_tokens - 2
        inputs = []
        for ids in self._runtime.tokenise(texts):
            whole = [self._start, *ids[:room], self._end]
            inputs.append((whole, [0] * len(whole)))
        return self._runtime.run(inputs, self.dimension)


class OnnxVerifier:
    """A shipped or exported cross-encoder; see `factcheck.models.verifier.Verifier`."""

    def __init__(self, card: WeightsCard, *, threads: int | None = None) -> None:
        self._runtime = _Runtime(card, threads)
        self._pair = card.pair or self._bert_template()
        self._types = self._plain_types
        if card.token_types != SEGMENTS:
            ordered = card.token_types == ORDERED
            self._types = Alignment(self._runtime.token, ordered=ordered).types
        self._columns = list(stance_columns(dict(enumerate(card.labels)), where=card.name))

    @property
    def card(self) -> WeightsCard:
        """What is known about the weights."""
        return self._runtime.card

    @property
    def name(self) -> str:
        """How reports name it."""
        return self.card.name

    @property
    def sha256(self) -> str:
        """Of the weights."""
        return self.card.sha256

    @property
    def most_tokens(self) -> int:
        """Of evidence and claim together; of a longer pair the end of the evidence is cut."""
        pair = self._pair
        return self.card.max_tokens - len(pair.start) - len(pair.middle) - len(pair.end)

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        """Number of tokens of each text, without special ones."""
        return [len(ids) for ids in self._runtime.tokenise(texts)]

    def logits(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Raw scores, (n, 3) float32, columns supports, refutes, neutral."""
        count = len(pairs)
        tokens = self._runtime.tokenise([p[0] for p in pairs] + [p[1] for p in pairs])
        return self.token_logits(list(zip(tokens[:count], tokens[count:], strict=True)))

    def token_logits(self, pairs: Sequence[tuple[TokenIds, TokenIds]]) -> NDArray[np.float32]:
        """`logits` of pairs that are token ids already, without special tokens."""
        inputs = [self._join(evidence, claim) for evidence, claim in pairs]
        return self._runtime.run(inputs, len(STANCES))[:, self._columns]

    def predict(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Calibrated probabilities, (n, 3) float32, columns supports, refutes, neutral."""
        return calibrate(self.logits(pairs), temperature=self.card.temperature, bias=self.card.bias)

    def _bert_template(self) -> PairTemplate:
        start, end = self._runtime.special("[CLS]"), self._runtime.special("[SEP]")
        return PairTemplate(start=(start,), middle=(end,), end=(end,))

    def _plain_types(
        self, evidence: Sequence[int], claim: Sequence[int]
    ) -> tuple[TokenTypes, TokenTypes]:
        return [0] * len(evidence), [1] * len(claim)

    def _join(self, evidence: TokenIds, claim: TokenIds) -> tuple[TokenIds, TokenTypes]:
        pair, room = self._pair, self.most_tokens
        claim = claim[: room - min(len(evidence), _EVIDENCE_TOKENS)]
        evidence = evidence[: room - len(claim)]
        before, after = self._types(evidence, claim)
        ids = [*pair.start, *evidence, *pair.middle, *claim, *pair.end]
        start, middle, end = len(pair.start), len(pair.middle), len(pair.end)
        return ids, [0] * start + before + [0] * middle + after + [1] * end


def _open_session(card: WeightsCard) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    if not sums_bytes_exactly():
        # An 8-bit product can overflow its 16-bit sum here. This takes exact kernels, at two thirds
        # of the speed that a processor with VNNI reaches without it, and with the same results.
        options.add_session_config_entry("session.x64quantprecision", "1")
    return onnxruntime.InferenceSession(str(card.path), options, providers=["CPUExecutionProvider"])


@lru_cache(maxsize=2)
def _open_tokenizer(path: Path, sha256: str) -> Any:
    """The tokeniser in a file that has this hash; the shipped models share one."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _feeds(
    inputs: Sequence[tuple[Sequence[int], Sequence[int]]],
    tokens: int,
    wanted: Mapping[str, type[np.signedinteger[Any]]],
    pad: int,
) -> dict[str, NDArray[Any]]:
    """The inputs that the graph has, each in its type; not every kind of model knows segments."""
    shape = (len(inputs), tokens)
    feeds: dict[str, NDArray[Any]] = {
        name: np.full(shape, pad if name == "input_ids" else 0, dtype=kind)
        for name, kind in wanted.items()
    }
    for row, (values, types) in enumerate(inputs):
        feeds["input_ids"][row, : len(values)] = values
        if "attention_mask" in feeds:
            feeds["attention_mask"][row, : len(values)] = 1
        if "token_type_ids" in feeds:
            feeds["token_type_ids"][row, : len(types)] = types
    return feeds


def _for_each(compute: Callable[[Batch], None], batches: Sequence[Batch], threads: int) -> None:
    if threads == 1 or len(batches) < 2:
        for batch in batches:
            compute(batch)
        return
    with ThreadPoolExecutor(min(threads, len(batches))) as pool:
        for _ in pool.map(compute, batches):
            pass


@contextmanager
def _mapped_errors(card: WeightsCard) -> Iterator[None]:
    """Turn what the runtime or the tokeniser raises into a ModelError."""
    try:
        yield
    except Exception as error:
        raise ModelError(
            f"the {card.role} {card.name} failed: {_first_line(error)}",
            where=card.path,
            hint="free some memory, or lower the number of threads",
            code="FC524",
        ) from error


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]
