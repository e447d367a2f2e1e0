"""Any cross-encoder to a folder with a checked ONNX file, its card and its tokeniser.

The graph comes from PyTorch's exporter, whatever the architecture. It is used only when it gives
PyTorch's answers on sample pairs, through the same code that will run it, alone and in batches; a
graph that computes something else is refused and nothing is left behind.
"""

from __future__ import annotations

import json
import logging
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factcheck.errors import ModelError
from factcheck.models.onnx import OnnxVerifier
from factcheck.models.registry import (
    CARD_VERSION,
    VERIFIER,
    PairTemplate,
    file_sha256,
    read_card,
)
from factcheck.models.samples import SAMPLE_PAIRS
from factcheck.models.torch import TorchVerifier
from factcheck.models.verifier import calibrate

PACKAGES = ("onnx", "onnxscript")
# Between probabilities of the graph and of PyTorch. Float graphs differ by about 1e-6, a wrong one
# by tenths; rounding weights to 8 bits moves single answers by a few hundredths.
LARGEST_DIFFERENCE = {False: 1e-3, True: 0.05}
# More than any verdict needs; longer inputs cost the square of their length.
MOST_TOKENS = 512
_BLOCK = 32
# ONNX files end at 2 GB; larger weights would need a second file beside them.
_MOST_BYTES = 2_000_000_000

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """An exported graph beside PyTorch on the same pairs.

    Args:
        pairs: how many were compared.
        largest_probability_difference, largest_logit_difference: over all pairs and stances.
        same_label: share of the pairs with the same likeliest stance.
        alone_or_together: largest difference of a probability between a pair alone and in a batch.
    """

    pairs: int
    largest_probability_difference: float
    largest_logit_difference: float
    same_label: float
    alone_or_together: float


def export_verifier(
    model: str,
    out: Path,
    *,
    name: str | None = None,
    int8: bool = False,
    licence: str | None = None,
    pairs: Sequence[Pair] = SAMPLE_PAIRS,
    threads: int | None = None,
) -> tuple[Path, Comparison]:
    """Write `verifier.onnx`, `verifier.json` and `tokenizer.json` into a folder.

    Args:
        model: folder or name of a cross-encoder of sentence-transformers on this machine.
        out: the folder; what it holds under these names is replaced.
        name: how reports name the weights; by default made from the model's name.
        int8: round the weights of matrix products and word tables to 8 bits, in blocks; the
            activations of each token are rounded on their own, so no neighbour changes an answer.
        licence: of the weights, for the card; read from the model's README when it says so.
        pairs: (evidence, claim) to compare on; those longer than the model reads are left out.

    Returns:
        The path of the card, and what the comparison found.

    Raises:
        ModelError: FC522, FC525, FC526 as for `load_verifier`; FC527, a package is missing; FC528,
            the model cannot be exported; FC529, the exported graph gives other answers.
    """
    _require_packages()
    reference = TorchVerifier(model, threads=threads)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".export-", dir=out) as scratch:
        folder = Path(scratch)
        entries = _write_files(reference, folder, int8=int8)
        base = Path(model).name if Path(model).is_dir() else model
        entries = {
            "card_version": CARD_VERSION,
            "name": name or f"{base.rsplit('/', 1)[-1]}-{'int8' if int8 else 'onnx'}",
            "version": "1",
            "role": VERIFIER,
            "base": base,
            "licence": licence or _stated_licence(reference.folder) or "not stated",
            "training_data": [],
            **entries,
        }
        card = folder / f"{VERIFIER}.json"
        _write_json(card, entries)
        found = _compare(reference, OnnxVerifier(read_card(card), threads=threads), pairs)
        _check(found, model, int8=int8)
        entries["metrics"] = {"against_torch": asdict(found)}
        _write_json(card, entries)
        # The card last: until it is there, the folder is no model.
        for file in (f"{VERIFIER}.onnx", "tokenizer.json", card.name):
            (folder / file).replace(out / file)
    return out / card.name, found


def _require_packages() -> None:
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        raise ModelError(
            f"exporting needs packages that are not installed: {', '.join(missing)}",
            hint="pip install 'factcheck-cli[export]'",
            code="FC527",
        )


def _write_files(reference: TorchVerifier, folder: Path, *, int8: bool) -> dict[str, Any]:
    """Graph and tokeniser; returns what the card says of them."""
    tokenizer = reference.tokenizer
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise _not_exportable(reference.name, "its tokeniser has no fast form (tokenizer.json)")
    limit = min(MOST_TOKENS, _positions(reference.module, tokenizer))
    template = _pair_template(tokenizer)
    path = folder / f"{VERIFIER}.onnx"
    try:
        with _quiet():
            _write_graph(reference, path, template)
            if int8:
                _round_weights(path)
    except Exception as error:
        raise _not_exportable(reference.name, _first_line(error)) from error
    if path.stat().st_size > _MOST_BYTES:
        raise _not_exportable(reference.name, "its weights are larger than one ONNX file can be")
    tokens = folder / "tokenizer.json"
    backend.save(str(tokens))
    return {
        "max_tokens": limit,
        "file": path.name,
        "sha256": file_sha256(path),
        "tokenizer": tokens.name,
        "tokenizer_sha256": file_sha256(tokens),
        "labels": [reference.labels[place] for place in sorted(reference.labels)],
        "pair": asdict(template),
        "quantisation": f"int8 weights in blocks of {_BLOCK}" if int8 else "none, float32",
    }


def _pair_template(tokenizer: Any) -> PairTemplate:
    """The special tokens around two texts, seen on an example."""
    encoding = tokenizer("bread", "milk").encodings[0]
    places = encoding.sequence_ids
    first = [place for place, text in enumerate(places) if text == 0]
    second = [place for place, text in enumerate(places) if text == 1]
    return PairTemplate(
        start=tuple(encoding.ids[: first[0]]),
        middle=tuple(encoding.ids[first[-1] + 1 : second[0]]),
        end=tuple(encoding.ids[second[-1] + 1 :]),
        pad=int(tokenizer.pad_token_id or 0),
    )


def _positions(module: Any, tokenizer: Any) -> int:
    """The longest input in tokens."""
    from torch.nn import Embedding

    limit = min(int(tokenizer.model_max_length), MOST_TOKENS)
    for name, part in module.named_modules():
        if name.endswith("position_embeddings") and isinstance(part, Embedding):
            # RoBERTa counts positions from behind the padding token.
            skipped = 0 if part.padding_idx is None else part.padding_idx + 1
            limit = min(limit, part.num_embeddings - skipped)
    return limit


def _write_graph(reference: TorchVerifier, path: Path, template: PairTemplate) -> None:
    import torch

    tokenizer, module = reference.tokenizer, reference.module.eval().cpu()
    names = [n for n in tokenizer.model_input_names if n in ("attention_mask", "token_type_ids")]
    names = ["input_ids", *names]

    class Logits(torch.nn.Module):
        """The model with inputs by position and the logits as its only output."""

        def __init__(self) -> None:
            super().__init__()
            self.model = module

        def forward(self, *inputs: Any) -> Any:
            return self.model(**dict(zip(names, inputs, strict=True)), return_dict=True).logits

    texts = [SAMPLE_PAIRS[0], SAMPLE_PAIRS[1]]
    batch = tokenizer(
        [evidence for evidence, _ in texts],
        [claim for _, claim in texts],
        padding=True,
        truncation=True,
        max_length=32,
        return_tensors="pt",
    )
    free = dict.fromkeys((0, 1), torch.export.Dim.DYNAMIC)
    torch.onnx.export(
        Logits(),
        tuple(batch[name] for name in names),
        str(path),
        input_names=names,
        output_names=["logits"],
        dynamic_shapes=((free,) * len(names),),
        dynamo=True,
        external_data=False,
        verbose=False,
    )


def _round_weights(path: Path) -> None:
    """Replace matrix products and word tables by their 8-bit forms."""
    import onnx
    from onnxruntime.quantization.matmul_nbits_quantizer import (
        DefaultWeightOnlyQuantConfig,
        MatMulNBitsQuantizer,
    )

    config = DefaultWeightOnlyQuantConfig(
        block_size=_BLOCK,
        is_symmetric=True,
        accuracy_level=4,
        bits=8,
        op_types_to_quantize=("MatMul", "Gather"),
        quant_axes=(("MatMul", 0), ("Gather", 1)),
    )
    quantiser = MatMulNBitsQuantizer(onnx.load(path), algo_config=config)
    quantiser.process()
    quantiser.model.save_model_to_file(str(path), use_external_data_format=False)


def _compare(reference: TorchVerifier, exported: OnnxVerifier, pairs: Sequence[Pair]) -> Comparison:
    limit = exported.card.max_tokens
    with _quiet():  # the tokeniser complains about what is too long, which is what is asked here
        lengths = reference.tokenizer([e for e, _ in pairs], [c for _, c in pairs])["input_ids"]
    kept = [pair for pair, ids in zip(pairs, lengths, strict=True) if len(ids) <= limit]
    if not kept:
        raise _not_exportable(reference.name, "no sample pair is short enough for it")
    wanted, found = reference.logits(kept), exported.logits(kept)
    alone = np.concatenate([exported.logits([pair]) for pair in kept])
    return Comparison(
        pairs=len(kept),
        largest_probability_difference=_largest(_shares(found) - _shares(wanted)),
        largest_logit_difference=_largest(found - wanted),
        same_label=round(float((found.argmax(axis=1) == wanted.argmax(axis=1)).mean()), 6),
        alone_or_together=_largest(_shares(found) - _shares(alone)),
    )


def _shares(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    return calibrate(logits, temperature=1.0, bias=(0.0, 0.0, 0.0))


def _largest(differences: NDArray[np.float32]) -> float:
    # Not a number is no agreement.
    largest = float(np.abs(differences).max())
    return float("inf") if np.isnan(largest) else float(f"{largest:.3g}")


def _check(found: Comparison, model: str, *, int8: bool) -> None:
    limit = LARGEST_DIFFERENCE[int8]
    worst = max(found.largest_probability_difference, found.alone_or_together)
    if worst <= limit:
        return
    raise ModelError(
        f"the exported graph differs from PyTorch by up to {worst:.2g} in a probability,"
        f" more than the {limit:g} that is allowed; nothing was written",
        where=model,
        hint="export without --int8" if int8 else "use the folder itself as models.verifier",
        code="FC529",
    )


def _not_exportable(name: str, why: str) -> ModelError:
    return ModelError(
        f"the model cannot be exported: {why}",
        where=name,
        hint="use the folder itself as models.verifier; it runs on PyTorch",
        code="FC528",
    )


def _stated_licence(folder: Path) -> str | None:
    """The `license:` line in the head of the model's README."""
    try:
        lines = (folder / "README.md").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    if not lines or lines[0].strip() != "---":
        return None
    for line in lines[1:]:
        if line.strip() == "---":
            break
        key, _, value = line.partition(":")
        if key.strip() == "license" and value.strip():
            return value.strip().strip("'\"")
    return None


def _write_json(path: Path, entries: dict[str, Any]) -> None:
    path.write_text(json.dumps(entries, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the chatter of the exporters off stderr, and their logging set-up out of ours."""
    root = logging.getLogger()
    handlers, level, disabled = list(root.handlers), root.level, logging.root.manager.disable
    logging.disable(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(disabled)
        root.handlers[:] = handlers
        root.setLevel(level)
