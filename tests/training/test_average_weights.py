from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from training.average_weights import average_weights


def checkpoint(folder: Path, **tensors: list[float]) -> Path:
    from safetensors.numpy import save_file

    folder.mkdir()
    arrays = {name: np.asarray(values, np.float32) for name, values in tensors.items()}
    save_file(arrays, folder / "model.safetensors")
    (folder / "config.json").write_text("{}", encoding="utf-8")
    return folder


def test_the_mean_is_weighted_and_keeps_the_config(tmp_path: Path):
    from safetensors.numpy import load_file

    first = checkpoint(tmp_path / "a", w=[0.0, 4.0])
    second = checkpoint(tmp_path / "b", w=[4.0, 4.0])
    average_weights([first, second], [3, 1], tmp_path / "mean")
    np.testing.assert_allclose(load_file(tmp_path / "mean" / "model.safetensors")["w"], [1.0, 4.0])
    assert (tmp_path / "mean" / "config.json").read_text(encoding="utf-8") == "{}"


def test_checkpoints_of_other_models_are_refused(tmp_path: Path):
    first = checkpoint(tmp_path / "a", w=[0.0])
    second = checkpoint(tmp_path / "b", v=[0.0])
    with pytest.raises(ValueError, match="other tensors"):
        average_weights([first, second], [1, 1], tmp_path / "mean")
