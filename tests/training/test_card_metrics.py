"""Figures of a measuring command go into the card, and only those of the card's own weights."""

from __future__ import annotations

import json

import pytest

from training.card_metrics import main

ROW = {"n": 40, "classes": 3, "accuracy": 0.71234567, "macro_f1": 0.7, "false_supported_rate": 0.05,
       "ece": 0.02, "majority": 0.4, "f1": {"SUPPORTS": 0.8}}  # fmt: skip


@pytest.fixture
def card(tmp_path):
    path = tmp_path / "verifier.json"
    entries = {"name": "v", "sha256": "a" * 64, "metrics": {"calibration": {"rows": 3}}}
    path.write_text(json.dumps(entries), encoding="utf-8")
    return path


def measured(tmp_path, content):
    path = tmp_path / "eval.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return str(path)


def test_a_table_of_sets_is_written_and_other_metrics_stay(card, tmp_path):
    main([measured(tmp_path, {"fever": ROW, "vitaminc": ROW}), "--card", str(card)])
    metrics = json.loads(card.read_text(encoding="utf-8"))["metrics"]
    assert metrics["calibration"] == {"rows": 3}
    assert list(metrics["development"]) == ["fever", "vitaminc"]
    assert metrics["development"]["fever"] == {
        "n": 40, "accuracy": 0.7123, "macro_f1": 0.7, "false_supported_rate": 0.05, "ece": 0.02,
        "majority_accuracy": 0.4,
    }  # fmt: skip
    main([measured(tmp_path, {"fever": {**ROW, "n": 41}}), "--card", str(card)])
    again = json.loads(card.read_text(encoding="utf-8"))["metrics"]["development"]
    assert (again["fever"]["n"], again["vitaminc"]["n"]) == (41, 40)


def test_one_evaluation_has_the_name_given(card, tmp_path):
    models = [{"role": "verifier", "sha256": "a" * 64}, {"role": "encoder", "sha256": "c" * 64}]
    path = measured(tmp_path, {**ROW, "task": "pairs", "models": models})
    main([path, "--card", str(card), "--name", "newsroom"])
    assert list(json.loads(card.read_text())["metrics"]["development"]) == ["newsroom"]


def test_figures_of_other_weights_are_refused(card, tmp_path):
    before = card.read_bytes()
    row = {**ROW, "models": [{"role": "verifier", "sha256": "b" * 64}]}
    with pytest.raises(SystemExit, match="other weights"):
        main([measured(tmp_path, {"limit": None, "pairs": {"fever": row}}), "--card", str(card)])
    assert card.read_bytes() == before


def test_a_file_without_figures_is_refused(card, tmp_path):
    with pytest.raises(SystemExit, match="no evaluation"):
        main([measured(tmp_path, {"command": "x"}), "--card", str(card)])
