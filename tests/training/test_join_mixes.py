from __future__ import annotations

from pathlib import Path

from training.join_mixes import join_mixes
from training.mix import write_mix
from training.pairs import LABEL_IDS, Pair
from training.stream import Mix


def test_the_first_mix_is_whole_and_the_other_without_what_is_left_out(
    tokenizer_file: Path, tmp_path: Path
):
    def pair(evidence: str, claim: str, label: str, source: str) -> Pair:
        return Pair(evidence=evidence, claim=claim, label=label, source=source)

    first = [pair("a b", "c", "REFUTES", "new")]
    second = [pair("d", "e f", "SUPPORTS", "old"), pair("g", "h", "NEI", "new")]
    write_mix(first, tokenizer_file, tmp_path / "first", 32)
    write_mix(second, tokenizer_file, tmp_path / "second", 32)
    folders = [tmp_path / "first", tmp_path / "second"]
    assert join_mixes(folders, tmp_path / "both", leave_out=["new"], most=9, seed=1) == 2
    mix = Mix(tmp_path / "both")
    found = set()
    for row in range(len(mix)):
        batch = mix.gather([row])
        name = mix.sources[int(batch.sources[0])]
        found.add(
            (tuple(batch.ids[0].tolist()), int(batch.types[0].argmax()), int(batch.labels[0]), name)
        )
    assert found == {
        ((1, 4, 5, 2, 6, 2), 4, LABEL_IDS["REFUTES"], "new"),
        ((1, 7, 2, 8, 9, 2), 3, LABEL_IDS["SUPPORTS"], "old"),
    }
