"""Texts that are not UTF-8: Windows-1252 unless the evidence for another encoding is strong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from source_files import read_one

from factcheck.errors import SourceError
from factcheck.sources import limits
from factcheck.sources.decode import decode_text

WESTERN = (
    "The company Böhm & Söhne hired 40 people in Köln.",
    'Åsa Öberg said: "We cut emissions by half."',
    '"The café is ours," said Maria Peña.',
    "Málaga won.",
    "Müller",
    "The flow was 3 m³/s at 20°C, not 30 ±2.¹ It cost NZ£m 5 — or ½.",
    "“Côte d’Ivoire’s team is ready” – so Zoé Müller.",
    "L´été dernier, à l'école où Élise était déjà, les élèves ont fêté la rentrée.",
    "A situação não é tão má: há informações de que o João já está em São Paulo.",
    "Það var þá sem hún sagði að við værum á leiðinni til Íslands með öðrum hætti.",
    "Åtta människor på ön såg älgen när den gick över ån för två år sedan.",
    "SÃO PAULO, MÜNCHEN, MÁLAGA",
    "Åsa; Zoë; José; François; Jürgen; Søren; Þór; João; Çelik; Àngel; Éva",
    "The letters äöü and ÅÄÖ are German and Swedish.",
)
OTHERS = (
    ("cp1250", "Lech Wałęsa powiedział, że był to błąd."),
    ("iso8859_2", "Rząd ogłosił, że w przyszłym roku podwyższy podatki, a to był błąd."),
    ("cp1250", "Předseda vlády řekl, že příští týden začne jednání o rozpočtu a že se uvidí."),
    ("cp1250", "Predsjednik je rekao da će sljedeći tjedan početi pregovori, što građani žele. "
               "Već su ušli u kuću, a čekali su još tri mjeseca."),
    ("cp1254", "Cumhurbaşkanı Erdoğan, gelecek hafta görüşmelerin başlayacağını söyledi ve "
               "halkın sabırlı olmasını istedi."),
    ("cp1251", "Президент заявил, что переговоры начнутся в понедельник."),
    ("koi8_r", "Президент заявил, что переговоры начнутся в понедельник в столице страны."),
    ("cp866", "Президент заявил, что переговоры начнутся в понедельник в столице страны."),
    ("cp1251", "The president said: Президент заявил, что переговоры начнутся в понедельник."),
    ("cp1253", "Ο πρωθυπουργός δήλωσε ότι οι συνομιλίες θα αρχίσουν την επόμενη εβδομάδα."),
    ("big5", "總理表示,會談將於下週在首都開始。"),
    ("gb18030", "总理表示，会谈将于下周在首都开始。"),
    ("shift_jis", "首相は、来週首都で会談が始まると述べた。"),
    ("euc_kr", "총리는 다음 주 수도에서 회담이 시작될 것이라고 말했다."),
    ("cp850", "Herr Müller fährt über die Brücke nach Köln."),
)  # fmt: skip
NAMES = (
    "Müller", "Böhm", "Søren", "Peña", "José", "Åsa", "Öberg", "François", "Zoë", "João", "Köln",
    "Málaga", "Éva", "Þór", "Ærø", "Strauß", "“Núñez”", "Château", "Škoda", "Œuvre",
)  # fmt: skip
PLAIN = ("the", "company", "said", "that", "won", "in", "2024,", "hired", "40", "people", "and")


@pytest.mark.parametrize("text", WESTERN)
def test_western_text_is_read_as_windows_1252_and_reported(tmp_path: Path, text: str) -> None:
    source, problems = read_one(tmp_path, "a.txt", text.encode("cp1252"))
    assert source.text == text
    assert [problem.code for problem in problems] == [limits.GUESSED_ENCODING]
    assert "cp1252" in problems[0].message


@pytest.mark.parametrize(("encoding", "text"), OTHERS)
@pytest.mark.parametrize("lines", [1, 3, 2_000])
def test_text_that_cannot_be_western_is_read_in_its_own_encoding(
    encoding: str, text: str, lines: int
) -> None:
    whole = f"{text}\n" * lines
    assert decode_text(whole.encode(encoding), "a.txt").text == whole


@pytest.mark.parametrize(
    "text",
    [
        "The editor Wang Wei 王伟 said that the company had hired forty people last year in Ghent.",
        "The river 長江 is the longest one in Asia and floods its banks nearly every other summer.",
    ],
)
def test_a_few_east_asian_letters_do_not_make_the_text_east_asian(text: str) -> None:
    decoded = decode_text(text.encode("gb18030"), "a.txt")
    assert decoded.problem is not None
    assert "cp1252" in decoded.problem.message


@given(st.lists(st.sampled_from(PLAIN), min_size=2), st.lists(st.sampled_from(NAMES), min_size=1))
def test_english_with_any_western_names_is_read_as_written(
    plain: list[str], names: list[str]
) -> None:
    # A text of hardly anything but names is no English one.
    names = names[: len(plain) // 2]
    mixed = [word for pair in zip(plain, names, strict=False) for word in pair]
    text = " ".join([*mixed, *plain[len(names) :]])
    assert decode_text(text.encode("cp1252"), "a.txt").text == text


@given(st.sampled_from(OTHERS), st.integers(1, 40), st.sampled_from(["", "2024: ", "\n\n", "- "]))
def test_other_texts_are_read_as_written_however_long(
    known: tuple[str, str], lines: int, before: str
) -> None:
    encoding, text = known
    whole = before + f"{text}\n" * lines
    assert decode_text(whole.encode(encoding), "a.txt").text == whole


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1))
def test_utf_8_is_never_guessed(text: str) -> None:
    data = ("The café. " + text).encode()
    try:
        decoded = decode_text(data, "a.txt")
    except SourceError as error:
        assert error.code == limits.NOT_TEXT
        return
    assert decoded.problem is None
    assert decoded.text == "The café. " + text
