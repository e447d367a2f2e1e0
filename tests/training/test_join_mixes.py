from __future__ import annotations

from pathlib import Path

import numpy as np

from training.join_mixes import join_mixes
from training.mix import write_mix
from training.pairs import LABEL_IDS, Pair
from training.stream import Mix, MixWriter


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


def test_answers_go_along_and_other_pairs_have_none(tmp_path: Path):
    for name, count in (("asked", 2), ("open", 3)):
        writer = MixWriter(tmp_path / name, [name])
        for number in range(count):
            writer.write([101, number, 102, 9, 102], 3, 0, 0)
        writer.close({name: count})
    np.save(tmp_path / "asked" / "soft.npy", np.asarray([[1, 2, 3], [4, 5, 6]], dtype=np.float16))

    folders = [tmp_path / "open", tmp_path / "asked"]
    join_mixes(folders, tmp_path / "both", leave_out=[], most=9, seed=1)
    both = Mix(tmp_path / "both")

    assert both.soft is not None
    found = {
        (both.sources[both.source_ids[row]], int(both.ids[both.offsets[row] + 1])): both.soft[row]
        for row in range(5)
    }
    for number, answer in ((0, [1, 2, 3]), (1, [4, 5, 6])):
        np.testing.assert_array_equal(found["asked", number], answer)
    assert all(np.isnan(found["open", number]).all() for number in range(3))
