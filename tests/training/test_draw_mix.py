from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from training.draw_mix import draw_mix, main
from training.stream import Mix, MixWriter


@pytest.fixture
def mix(tmp_path: Path) -> Path:
    """Six pairs of one source, of which three are equal, and four of another."""
    writer = MixWriter(tmp_path / "mix", ["pages", "rules", "other"])
    for number in (1, 1, 1, 2, 3, 4):
        writer.write([101, number, 102, 9, 102], 3, 0, 0)
    for number in range(4):
        writer.write([101, 8, 7, 102, number, 102], 4, 2, 1)
    writer.close({})
    return tmp_path / "mix"


def pairs_of(folder: Path) -> list[tuple[str, int, list[int]]]:
    mix = Mix(folder)
    return [
        (
            mix.sources[mix.source_ids[row]],
            int(mix.starts[row]),
            mix.ids[mix.offsets[row] : mix.offsets[row + 1]].tolist(),
        )
        for row in range(len(mix))
    ]


def test_each_source_gives_different_pairs_up_to_its_number(mix: Path, tmp_path: Path) -> None:
    assert draw_mix(mix, tmp_path / "out", {"pages": 9, "rules": 2}, most=99, seed=1) == 6
    drawn = pairs_of(tmp_path / "out")
    pages = sorted(ids[1] for name, _, ids in drawn if name == "pages")
    assert pages == [1, 2, 3, 4]
    rules = [(start, ids) for name, start, ids in drawn if name == "rules"]
    assert len(rules) == 2 and all(
        start == 4 and ids[:4] == [101, 8, 7, 102] for start, ids in rules
    )
    assert not Mix(tmp_path / "out").labels[[name == "pages" for name, _, _ in drawn]].any()


def test_most_bounds_the_whole_and_the_seed_fixes_the_draw(mix: Path, tmp_path: Path) -> None:
    wanted = {"pages": 4, "rules": 4}
    for name in ("one", "two"):
        assert draw_mix(mix, tmp_path / name, wanted, most=5, seed=3) == 5
    assert pairs_of(tmp_path / "one") == pairs_of(tmp_path / "two")


def test_a_source_that_the_mix_lacks_is_named(mix: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no pairs of wire"):
        draw_mix(mix, tmp_path / "out", {"pages": 1, "wire": 1}, most=9, seed=1)


def test_the_command_reads_its_recipe(mix: Path, tmp_path: Path, capsys) -> None:
    recipe = tmp_path / "draw.yaml"
    recipe.write_text("seed: 2\nmost: 3\nsources: {pages: 2, rules: 4}\n", encoding="utf-8")
    main([str(mix), "--recipe", str(recipe), "--out", str(tmp_path / "out")])
    assert capsys.readouterr().out == "3 pairs\n"
    assert len(Mix(tmp_path / "out")) == 3


def test_the_recipe_in_the_project_names_sources_that_a_mix_can_have() -> None:
    import yaml

    from training.augment.rules import RULES

    path = Path(__file__).parents[2] / "training" / "draw_last.yaml"
    recipe = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert np.sum(list(recipe["sources"].values())) >= recipe["most"]
    rules = {"number_change", "date_change", "negation", "implicative", "synonym", "opposite"}
    assert rules <= set(RULES) & set(recipe["sources"])
