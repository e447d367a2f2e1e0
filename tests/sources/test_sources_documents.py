"""HTML, PDF and Word documents."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from source_files import docx_bytes, pdf_bytes, pdf_page, pieces, read_one

from factcheck.passages import split_passages

PAGE = """<!doctype html><html lang="en-GB"><head><title>Storm | The Daily</title>
<meta name="author" content="Jane Roe"><meta property="og:site_name" content="The Daily">
<meta property="article:published_time" content="2024-03-05T10:00:00Z">
<link rel="canonical" href="https://daily.example/a">
<script>var text = "Script text is no sentence.";</script></head><body>
<nav><ul><li><a href="/">Home is where the news is.</a></li></ul></nav>
<div class="cookie-consent"><p>We use cookies.</p></div>
{open}<h1>Storm hits the coast</h1><p class="byline">By Jane Roe</p>
<p>A storm hit the <a href="x">coast</a> on <b>Monday</b>,
   killing 12 people.<br>Officials said the toll may rise.</p>
<aside><p>Read also: ten storms.</p></aside>
<h2>Damage</h2><p>About 500 houses were destroyed, the ministry said.
<sup class="reference">[1]</sup></p>
<ul><li>Roads were closed.</li><li>Two bridges fell.</li></ul>
<table><tr><th>Town</th><th>Deaths</th></tr><tr><td>Alba</td><td>7</td></tr></table>
<p style="display: none">Hidden words stand here.</p>
<h2>References</h2><ol><li>Smith: a title.</li></ol>{close}
<div id="comments"><p>I do not believe a word of it.</p></div>
<footer>Copyright The Daily.</footer></body></html>"""
SENTENCES = [
    "A storm hit the coast on Monday, killing 12 people.",
    "Officials said the toll may rise.",
    "About 500 houses were destroyed, the ministry said.",
    "Roads were closed.",
    "Two bridges fell.",
    "Town: Alba; Deaths: 7.",
]


@pytest.mark.parametrize(
    ("open_tag", "close_tag"),
    [("<article>", "</article>"), ("<main>", "</main>"), ("<div>", "</div>")],
)
def test_page_gives_the_article_and_nothing_else(
    tmp_path: Path, open_tag: str, close_tag: str
) -> None:
    page = PAGE.replace("{open}", open_tag).replace("{close}", close_tag)
    source, problems = read_one(tmp_path, "a.html", page)
    assert problems == []
    assert [passage.text for passage in split_passages(source)] == SENTENCES


def test_page_gives_the_metadata_it_states(tmp_path: Path) -> None:
    source, _ = read_one(tmp_path, "a.html", PAGE.format(open="<article>", close="</article>"))
    assert source.title == "Storm hits the coast"
    assert source.author == "Jane Roe"
    assert source.publisher == "The Daily"
    assert source.published == date(2024, 3, 5)
    assert source.url == "https://daily.example/a"
    assert source.language == "en-GB"


def test_headings_of_a_page_stand_over_their_paragraphs(tmp_path: Path) -> None:
    source, _ = read_one(tmp_path, "a.html", PAGE.format(open="<article>", close="</article>"))
    headings = {passage.text: passage.heading for passage in split_passages(source)}
    assert headings["Roads were closed."] == "Damage"
    assert headings["Officials said the toll may rise."] == "Storm hits the coast"


def test_linked_data_fills_what_meta_tags_leave_open(tmp_path: Path) -> None:
    data = (
        '{"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle", "headline": "Storm",'
        ' "datePublished": "2024-03-05", "author": [{"name": "A"}, {"name": "B"}],'
        ' "publisher": {"name": "The Daily"}}]}'
    )
    page = f'<script type="application/ld+json">{data}</script><p>One sentence is here.</p>'
    source, _ = read_one(tmp_path, "a.html", page)
    assert (source.title, source.author, source.publisher) == ("Storm", "A, B", "The Daily")
    assert source.published == date(2024, 3, 5)


def test_date_in_the_text_is_not_taken_for_the_publication(tmp_path: Path) -> None:
    source, _ = read_one(tmp_path, "a.html", "<p>On 5 March 2024 it rained.</p><p>© 2019</p>")
    assert source.published is None


def test_page_in_an_old_encoding_is_read_by_its_own_word(tmp_path: Path) -> None:
    page = '<meta charset="windows-1250"><p>Vučić řekl, že přijede.</p>'
    source, problems = read_one(tmp_path, "a.html", page.encode("cp1250"))
    assert source.text == "Vučić řekl, že přijede."
    assert problems == []


def test_fragment_of_a_page_is_read(tmp_path: Path) -> None:
    source, _ = read_one(tmp_path, "a.html", "<p>One sentence here.")
    assert source.text == "One sentence here."


def test_navigation_of_a_page_without_marks_is_left_out(tmp_path: Path) -> None:
    links = "".join(f"<div><a href='/{n}'>Section {n}</a></div>" for n in range(30))
    prose = "".join(
        f"<p>Paragraph {n} tells how the storm went on through day {n} of the month, with rain "
        f"over the coast, closed roads in {n} towns and many people without power.</p>"
        for n in range(1, 9)
    )
    source, _ = read_one(tmp_path, "a.html", f"<html><body>{links}<div>{prose}</div></body></html>")
    assert "Section 7" not in source.text
    assert source.text.count("Paragraph") == 8


def test_pdf_lines_become_paragraphs_and_pages_keep_their_numbers(tmp_path: Path) -> None:
    first = pdf_page(["Heading of the part"], size=18)
    first += pdf_page(
        [
            "The govern-",
            "ment said on Mon-",
            "day that a long-term plan would cost 3,000 in",
            "total. The long term is near.",
            "",
            "A new paragraph starts here and its sentence runs over the",
        ],
        top=640,
    )
    second = pdf_page(["page break to page two. Then comes another one."])
    source, problems = read_one(tmp_path, "a.pdf", pdf_bytes([first, second]))
    assert problems == []
    assert [(passage.text, passage.place) for passage in split_passages(source)] == [
        (
            "The government said on Monday that a long-term plan would cost 3,000 in total.",
            "page 1",
        ),
        ("The long term is near.", "page 1"),
        (
            "A new paragraph starts here and its sentence runs over the page break to page two.",
            "page 1",
        ),
        ("Then comes another one.", "page 2"),
    ]
    assert source.text.count("\n\n") == 2
    assert {passage.heading for passage in split_passages(source)} == {"Heading of the part"}


def test_pdf_hyphen_of_a_compound_stays(tmp_path: Path) -> None:
    lines = [
        "The term is long. It is a well-",
        "known plan and a long-",
        "term one, well known to all.",
    ]
    source, _ = read_one(tmp_path, "a.pdf", pdf_bytes([pdf_page(lines)]))
    assert source.text.endswith("It is a well-known plan and a long-term one, well known to all.")


def test_pdf_running_headers_and_page_numbers_do_not_cut_sentences(tmp_path: Path) -> None:
    towns = ["Alba is the first town, which", "was hit and Bora as well, which", "lies near Cora."]
    pages = [
        [(72, 760, 10, "The Daily Report 2024"), *pdf_page([town]), (300, 30, 10, f"Page {number}")]
        for number, town in enumerate(towns, start=1)
    ]
    source, _ = read_one(tmp_path, "a.pdf", pdf_bytes(pages))
    assert [passage.text for passage in split_passages(source)] == [" ".join(towns)]
    assert pieces(source, evidence=False) == [("The Daily Report 2024", "page 1")]


def test_pdf_title_and_author_come_from_its_properties(tmp_path: Path) -> None:
    data = pdf_bytes([pdf_page(["One sentence."])], info="/Title (Yearly report) /Author (Ann Lee)")
    source, _ = read_one(tmp_path, "a.pdf", data)
    assert (source.title, source.author) == ("Yearly report", "Ann Lee")


def test_pdf_title_that_is_a_file_name_is_dropped(tmp_path: Path) -> None:
    data = pdf_bytes([pdf_page(["One sentence."])], info="/Title (Microsoft Word - final.doc)")
    assert read_one(tmp_path, "a.pdf", data)[0].title is None


def test_pdf_reference_list_is_no_evidence(tmp_path: Path) -> None:
    lines = ["It rained on Monday.", "", "References", "Smith. A title. 2001."]
    source, _ = read_one(tmp_path, "a.pdf", pdf_bytes([pdf_page(lines)]))
    assert [passage.text for passage in split_passages(source)] == ["It rained on Monday."]


def test_pdf_table_of_contents_is_no_evidence_and_no_heading(tmp_path: Path) -> None:
    contents = pdf_page(["1 The storm . . . . . . . . 2", "", "2 After it ........ 14"], size=18)
    lines = [*contents, *pdf_page(["It rained on Monday.", "It blew hard too."], top=500)]
    source, _ = read_one(tmp_path, "a.pdf", pdf_bytes([lines]))
    assert [(passage.text, passage.heading) for passage in split_passages(source)] == [
        ("It rained on Monday.", None),
        ("It blew hard too.", None),
    ]


def test_word_document_keeps_headings_tables_and_order(tmp_path: Path) -> None:
    def build(document) -> None:  # type: ignore[no-untyped-def]
        document.core_properties.title = "Storm report"
        document.core_properties.author = "Ann Lee"
        document.add_heading("Losses", 1)
        document.add_paragraph("Three towns were hit. Two had no power.")
        table = document.add_table(3, 3)
        rows = [("Town", "Deaths", "Day"), ("Alba", "7", "Monday"), ("Bora", "5", "Friday")]
        for row, cells in zip(table.rows, rows):
            for cell, text in zip(row.cells, cells):
                cell.text = text
        document.add_paragraph("The roads opened again.")
        document.add_heading("References", 1)
        document.add_paragraph("Smith: a title.")

    source, problems = read_one(tmp_path, "a.docx", docx_bytes(build))
    assert problems == []
    assert (source.title, source.author) == ("Storm report", "Ann Lee")
    assert [(passage.text, passage.place) for passage in split_passages(source)] == [
        ("Three towns were hit.", 'paragraph 1, under "Losses"'),
        ("Two had no power.", 'paragraph 1, under "Losses"'),
        ("Town: Alba; Deaths: 7; Day: Monday.", "table 1, row 2"),
        ("Town: Bora; Deaths: 5; Day: Friday.", "table 1, row 3"),
        ("The roads opened again.", 'paragraph 2, under "Losses"'),
    ]


def test_word_deletions_are_left_out_and_insertions_kept(tmp_path: Path) -> None:
    def build(document) -> None:  # type: ignore[no-untyped-def]
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        paragraph = document.add_paragraph("About ")
        for kind, text, tag in (("del", "900", "delText"), ("ins", "500", "t")):
            run = f"<w:r><w:{tag}>{text}</w:{tag}></w:r>"
            xml = f"<w:{kind} {nsdecls('w')} w:id='1' w:author='a'>{run}</w:{kind}>"
            paragraph._p.append(parse_xml(xml))
        paragraph.add_run(" houses").bold = True
        paragraph.add_run(" not").font.strike = True
        paragraph.add_run(" fell.")

    source, _ = read_one(tmp_path, "a.docx", docx_bytes(build))
    assert source.text == "About 500 houses fell."
