from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
from html.parser import HTMLParser

from factcheck.report.registry import render


class Page(HTMLParser):
    """Collects what a browser would see: tags with attributes, and the text of each tag."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_data(self, data) -> None:
        if self._open:
            self.texts.setdefault(self._open[-1], []).append(data)

    def handle_endtag(self, tag) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_html_report_is_the_golden_file(report, matches_golden) -> None:
    matches_golden(render(report, "html"), "report.html")


def test_policy_names_the_hashes_of_the_only_style_and_script(report) -> None:
    text = render(report, "html")
    policy = next(
        meta["content"]
        for meta in Page(text).all("meta")
        if meta.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("script", "style"):
        contents = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert len(contents) == 1
        digest = base64.b64encode(hashlib.sha256(contents[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_page_loads_nothing_and_runs_nothing_that_a_source_brings(report) -> None:
    page = Page(render(report, "html"))
    assert page.all("img") == []
    assert len(page.all("script")) == 1
    for _, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        for name in ("href", "src", "cite"):
            target = attributes.get(name)
            assert target is None or target.startswith(("#", "https://", "http://", "data:,"))


def test_every_claim_is_on_the_page_as_it_was_written(report) -> None:
    page = Page(render(report, "html"))
    titles = "".join(page.texts["h3"])
    for verdict in report.verdicts[:4]:
        assert verdict.claim.text in titles
    assert "<script>document.title='owned'</script>" in titles
    assert len(page.all("article")) == len(report.verdicts)


def test_decisive_words_are_marked(report) -> None:
    marks = Page(render(report, "html")).texts["mark"]
    assert "41.6 million crowns" in marks
    assert marks.count("about 30 million crowns") == 2


def test_quotation_shows_what_was_left_out_and_put_in(report) -> None:
    page = Page(render(report, "html"))
    assert page.texts["del"][:2] == ["never", "cheap"]
    assert page.texts["ins"][:2] == ["free", "<b>always</b>"]


def test_identifiers_are_unique_and_every_inner_link_has_its_target(report) -> None:
    page = Page(render(report, "html"))
    ids = [attributes["id"] for _, attributes in page.tags if attributes.get("id")]
    assert len(ids) == len(set(ids))
    inner = {link["href"][1:] for link in page.all("a") if (link.get("href") or "").startswith("#")}
    assert inner <= set(ids)


def test_claims_with_the_same_id_do_not_collide(report) -> None:
    twice = dataclasses.replace(report, verdicts=report.verdicts[:1] * 2)
    assert len(Page(render(twice, "html")).all("article")) == 2


def test_names_keep_their_capitals(report) -> None:
    text = render(report, "html")
    assert "Words were left out (ellipsis); spoken by someone else: the deputy mayor" in text
    assert "Mayor Ilse Varga" in text


def test_empty_run_says_that_there_was_nothing_to_check(empty) -> None:
    text = render(empty, "html", title="Nothing <yet>")
    assert "There were no claims to check." in text
    assert "<title>Nothing &lt;yet&gt;</title>" in text
    assert 'id="tools"' not in text
