from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from factcheck.errors import ModelError
from factcheck.models.onnx import OnnxEncoder
from factcheck.models.registry import (
    WEIGHTS_FOLDER,
    find_card,
    read_card,
    shipped_cards,
    verify_files,
)

LARGEST_TOTAL_BYTES = 60_000_000


def copy_encoder(folder: Path) -> Path:
    for name in ("encoder.json", "encoder.onnx", "tokenizer.json"):
        shutil.copyfile(WEIGHTS_FOLDER / name, folder / name)
    return folder / "encoder.json"


def change_entry(card: Path, key: str, value: object) -> None:
    entries = json.loads(card.read_text(encoding="utf-8"))
    entries[key] = value
    card.write_text(json.dumps(entries), encoding="utf-8")


def test_one_encoder_and_one_verifier_are_shipped_with_their_licences() -> None:
    cards = shipped_cards()

    assert [card.role for card in cards] == ["encoder", "verifier"]
    for card in cards:
        assert card.licence == "Apache-2.0"
        assert all(set(entry) == {"name", "licence"} for entry in card.training_data)
        verify_files(card)


def test_the_weights_stay_small_enough_for_a_wheel() -> None:
    assert sum(path.stat().st_size for path in WEIGHTS_FOLDER.iterdir()) < LARGEST_TOTAL_BYTES


@pytest.mark.parametrize("name", ["encoder.onnx", "tokenizer.json"])
def test_a_file_with_one_changed_byte_is_refused(tmp_path: Path, name: str) -> None:
    card = copy_encoder(tmp_path)
    with (tmp_path / name).open("r+b") as file:
        file.seek(100_000)
        byte = file.read(1)[0]
        file.seek(100_000)
        file.write(bytes([byte ^ 1]))

    with pytest.raises(ModelError) as caught:
        OnnxEncoder(read_card(card))
    assert caught.value.code == "FC523"
    assert str(caught.value.where).endswith(name)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    card = copy_encoder(tmp_path)
    (tmp_path / "encoder.onnx").unlink()

    with pytest.raises(ModelError) as caught:
        OnnxEncoder(read_card(card))
    assert caught.value.code == "FC522"


def test_a_file_that_is_no_model_is_refused_even_with_the_right_hash(tmp_path: Path) -> None:
    card = copy_encoder(tmp_path)
    (tmp_path / "encoder.onnx").write_bytes(b"")
    change_entry(card, "sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")

    with pytest.raises(ModelError) as caught:
        OnnxEncoder(read_card(card))
    assert caught.value.code == "FC522"
    assert "cannot be loaded" in caught.value.message


@pytest.mark.parametrize("text", ["", "[]", '{"role": "encoder"}'])
def test_a_broken_card_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "encoder.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ModelError) as caught:
        read_card(path)
    assert caught.value.code == "FC521"
    assert str(caught.value.where) == str(path)


def test_a_card_of_a_later_form_is_refused(tmp_path: Path) -> None:
    card = copy_encoder(tmp_path)
    change_entry(card, "card_version", 2)

    with pytest.raises(ModelError, match="card_version 2"):
        read_card(card)


def test_a_folder_without_weights_is_an_error_with_a_hint(tmp_path: Path) -> None:
    (tmp_path / "judgement.json").write_text('{"name": "judgement"}', encoding="utf-8")

    with pytest.raises(ModelError, match="no encoder weights") as caught:
        find_card("encoder", None, tmp_path)
    assert caught.value.hint is not None


def test_an_unknown_name_is_not_a_shipped_model() -> None:
    assert find_card("encoder", "some/other-model") is None
