"""HTML: the article's own text, without menus, adverts and comments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from factcheck.errors import SourceError
from factcheck.records import Problem, Source
from factcheck.sources.blocks import (
    Block,
    BlockKind,
    assemble,
    build_source,
    name_places,
    row_blocks,
    text_block,
)
from factcheck.sources.decode import decode_text
from factcheck.sources.limits import DAMAGED, MAX_HTML_BYTES, TOO_LARGE
from factcheck.text import words

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")

_SKIPPED_TAGS = frozenset(
    "script style noscript template nav aside footer form button select option textarea iframe"
    " object embed svg math canvas audio video map dialog menu head del s strike".split()
)
_SKIPPED_ROLES = frozenset("navigation banner contentinfo complementary search menu dialog".split())
# Words in class and id that publishers give to what is not the article.
_SKIPPED_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|related|recommended|promo"
    r"|advert|advertisement|ads?|sponsored|newsletter|subscribe|subscription|social|share|sharing"
    r"|cookies?|consent|comments?|disqus|footer|popup|modal|paywall|byline|tags|skip-link"
    r"|most-read|trending|toc|navbox|reflist|mw-editsection|noprint|metadata)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    "p div section article main header blockquote li ul ol dl dt dd pre figure figcaption center"
    " address table tbody thead tfoot tr td th caption details summary body html hr"
    " fieldset".split()
)


def read_html(data: bytes, path: str) -> tuple[list[Source], list[Problem]]:
    """Read a web page that was saved as one HTML file."""
    if len(data) > MAX_HTML_BYTES:
        raise SourceError(
            "the page is too large to be read", where=path, hint="save it as text", code=TOO_LARGE
        )
    match = _CHARSET.search(data[:4096])
    declared = match[1].decode("ascii", "replace") if match else None
    decoded = decode_text(data, path, declared=declared)
    root = parse_html(decoded.text, path)
    metadata = read_meta(root)
    blocks = main_blocks(root, decoded.text)
    text, segments = assemble(name_places(blocks, metadata.get("title")))
    source, problems = build_source(
        path=path, text=text, segments=segments, metadata=metadata, format_name="html"
    )
    return [source], ([decoded.problem] if decoded.problem else []) + problems


def parse_html(markup: str, path: str) -> Any:
    """Parse HTML of any quality into an lxml tree.

    Raises:
        SourceError: FC307 when nothing can be made of it.
    """
    import lxml.etree
    import lxml.html

    markup = _XML_DECLARATION.sub("", markup.replace("\x00", ""))
    # Without `huge_tree` the text below 256 levels is lost.
    parser = lxml.html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(markup, parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise SourceError("the HTML holds no document", where=path, code=DAMAGED) from error
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        # The parser gives up at 2,048 levels and keeps silent about what stood below.
        raise SourceError(
            "the HTML is nested too deeply", where=path, hint="save it as text", code=DAMAGED
        )
    return root


def main_blocks(root: Any, markup: str) -> list[Block]:
    """The article's headings, paragraphs, list items and table rows in reading order.

    A page that marks its article up is taken at its word. For the others trafilatura says which
    text is the article, and this module keeps the structure that trafilatura drops.
    """
    container = _marked_container(root)
    if container is not None:
        return list(_walk(container))
    body = root.find(".//body")
    blocks = list(_walk(root if body is None else body))
    return _main_only(blocks, markup)


def _marked_container(root: Any) -> Any | None:
    for query in (
        "//*[@itemprop='articleBody']",
        "//main//article | //article[not(ancestor::article)]",
        "//main | //*[@role='main']",
    ):
        found = root.xpath(query)
        # Several articles are a list of teasers, not one article.
        if len(found) == 1 and len(words(found[0].text_content())) >= 20:
            return found[0]
    return None


def _main_only(blocks: list[Block], markup: str) -> list[Block]:
    paragraphs = [block for block in blocks if _ends_like_prose(block)]
    if len(paragraphs) == len(blocks) or len(blocks) < 8:
        return blocks
    import trafilatura

    try:
        extracted = trafilatura.extract(
            markup, include_comments=False, include_tables=True, fast=True, favor_recall=True
        )
    except Exception:  # its own parsers fail in many ways on broken pages; the walk stands alone
        extracted = None
    kept = _squeeze(extracted or "")
    if not kept:
        return blocks
    found = [_squeeze(_block_text(block)) in kept for block in blocks]
    closed = sum(_ends_like_prose(block) for block, is_main in zip(blocks, found) if is_main)
    # Far less than the page's sentences: the extractor went wrong, not the page.
    if closed * 2 < len(paragraphs):
        return blocks
    first, last = found.index(True), len(found) - found[::-1].index(True)
    while first and blocks[first - 1].kind is BlockKind.HEADING:
        first -= 1
    # Headings and tables between the paragraphs belong to them, though trafilatura writes them
    # differently or drops them.
    return [
        block
        for index, block in enumerate(blocks)
        if found[index] or (first <= index < last and block.kind is not BlockKind.PARAGRAPH)
    ]


def _block_text(block: Block) -> str:
    return " ".join(part.text for part in block.parts)


def _ends_like_prose(block: Block) -> bool:
    return _block_text(block).rstrip().endswith((".", "!", "?", ".”", '."', "。"))


def _squeeze(text: str) -> str:
    """Letters and digits only: the two extractions differ in spaces and marks."""
    return "".join(char for char in text if char.isalnum())


def _walk(container: Any) -> Iterator[Block]:
    """Go through the tree without recursion: hostile pages nest thousands of levels deep."""
    import lxml.etree

    buffer: list[str] = []
    kind, level = BlockKind.PARAGRAPH, 2
    tables = 0

    def flush() -> Iterator[Block]:
        text = _collapse("".join(buffer))
        buffer.clear()
        if text:
            yield text_block(text, kind=kind, level=level)

    walker = lxml.etree.iterwalk(container, events=("start", "end"))
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if element is not container and _skipped(element, tag):
                walker.skip_subtree()
                continue
            if tag == "table" and _is_data_table(element):
                yield from flush()
                tables += 1
                yield from _table_blocks(element, tables)
                walker.skip_subtree()
                continue
            if tag in _HEADINGS:
                yield from flush()
                kind, level = BlockKind.HEADING, _HEADINGS[tag]
            elif tag in _BLOCKS:
                yield from flush()
                kind = BlockKind.PARAGRAPH
            elif tag == "br":
                buffer.append("\n")
            if element.text and tag:
                buffer.append(element.text if tag == "pre" else element.text.replace("\n", " "))
            continue
        if tag in _HEADINGS or tag in _BLOCKS:
            yield from flush()
            kind = BlockKind.PARAGRAPH
        if element is not container and element.tail:
            buffer.append(element.tail.replace("\n", " "))
    yield from flush()


def _collapse(text: str) -> str:
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub(r"\n{2,}", "\n\n", "\n".join(lines)).strip()


def _skipped(element: Any, tag: str) -> bool:
    if not tag or tag in _SKIPPED_TAGS:
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if (element.get("role") or "").lower() in _SKIPPED_ROLES:
        return True
    if "display:none" in (element.get("style") or "").replace(" ", "").lower():
        return True
    if tag == "header" and not element.xpath("ancestor::article | ancestor::main"):
        return True
    if tag == "sup" and "reference" in (element.get("class") or ""):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
    # A page whose outer frame is called "has-sidebar" must not vanish as a whole.
    return bool(names and tag not in ("body", "main", "article") and _is_skipped_name(names, tag))


def _is_skipped_name(names: str, tag: str) -> bool:
    if tag in ("p", "td", "tr", "th", "li", "span") and "mw-editsection" not in names:
        return bool(re.search(r"\b(?:byline|advert|share|newsletter|navbox)\b", names))
    return bool(_SKIPPED_NAMES.search(names))


def _is_data_table(element: Any) -> bool:
    """Layout tables hold paragraphs or other tables; data tables hold short cells."""
    if element.find(".//table") is not None:
        return False
    cells = element.xpath(".//td | .//th")
    return bool(cells) and all(len(cell.text_content()) <= 400 for cell in cells[:200])


def _table_blocks(element: Any, number: int) -> Iterator[Block]:
    caption = element.find("caption")
    if caption is not None:
        yield text_block(_collapse(caption.text_content()))
    rows: list[list[str]] = []
    header = False
    for row in element.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if not rows:
            header = bool(cells) and len(cells) > 1 and all(cell.tag == "th" for cell in cells)
        rows.append([_cell_text(cell) for cell in cells])
    yield from row_blocks(rows, place=f"table {number}, ", header=header or None)


def _cell_text(cell: Any) -> str:
    parts = []
    for node in cell.iter():
        if node.tag in ("script", "style"):
            continue
        if node.text:
            parts.append(node.text)
        if node is not cell and node.tail:
            parts.append((" " if node.tag in ("br", "p", "div", "li") else "") + node.tail)
    return " ".join("".join(parts).split())


_META_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("og:title", "citation_title", "dc.title", "twitter:title"),
    "author": ("author", "article:author", "citation_author", "dc.creator", "parsely-author"),
    "publisher": ("og:site_name", "citation_publisher", "dc.publisher", "application-name"),
    "published": (
        "article:published_time",
        "citation_publication_date",
        "datepublished",
        "parsely-pub-date",
        "dc.date.issued",
        "dc.date",
        "pubdate",
        "date",
    ),
    "url": ("og:url",),
    "language": ("content-language",),
}


def read_meta(root: Any) -> dict[str, Any]:
    """Metadata that the page states about itself; nothing is guessed from its text."""
    stated: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        name = name or meta.get("http-equiv")
        content = (meta.get("content") or "").strip()
        if name and content:
            stated.setdefault(name.strip().lower(), content)
    values: dict[str, Any] = {}
    for name, keys in _META_NAMES.items():
        for key in keys:
            content = stated.get(key, "")
            # article:author is by its standard the address of a profile, not a name
            if content and not (name == "author" and content.startswith("http")):
                values[name] = content[:500]
                break
    for key, content in _linked_data(root).items():
        values.setdefault(key, content)
    _fill_from_markup(root, values)
    return values


def _fill_from_markup(root: Any, values: dict[str, Any]) -> None:
    heading, title = root.find(".//h1"), root.find(".//title")
    for element in (heading, title):
        if element is not None and (text := " ".join(element.text_content().split())):
            values.setdefault("title", text[:500])
    canonical = root.xpath("//link[@rel='canonical']/@href")
    if canonical and str(canonical[0]).startswith("http"):
        values.setdefault("url", str(canonical[0]))
    if language := (root.get("lang") or "").strip():
        values.setdefault("language", language)
    times = root.xpath("//article//time[@datetime] | //header//time[@datetime]") or root.xpath(
        "//time[@datetime and (@pubdate or @itemprop='datePublished')]"
    )
    if len(times) == 1:
        values.setdefault("published", times[0].get("datetime"))


def _linked_data(root: Any) -> dict[str, Any]:
    """What schema.org JSON-LD says, from the first object that is an article."""
    for script in root.xpath("//script[@type='application/ld+json']"):
        try:
            loaded = json.loads(script.text_content())
        except (ValueError, RecursionError):
            continue
        items = loaded if isinstance(loaded, list) else [loaded]
        for item in items:
            graph = item.get("@graph") if isinstance(item, dict) else None
            for thing in graph if isinstance(graph, list) else [item]:
                if isinstance(thing, dict) and _is_article(thing.get("@type")):
                    return _article_fields(thing)
    return {}


def _is_article(kind: Any) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(name, str) and name.endswith(("Article", "Posting")) for name in kinds)


def _article_fields(thing: dict[str, Any]) -> dict[str, Any]:
    fields = {
        "title": thing.get("headline"),
        "published": thing.get("datePublished"),
        "author": _names(thing.get("author")),
        "publisher": _names(thing.get("publisher")),
        "language": thing.get("inLanguage"),
    }
    return {key: value for key, value in fields.items() if isinstance(value, str) and value}


def _names(value: Any) -> str:
    items = value if isinstance(value, list) else [value]
    names = [item.get("name") if isinstance(item, dict) else item for item in items]
    return ", ".join(name for name in names if isinstance(name, str))
