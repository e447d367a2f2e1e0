"""Full stops that end no sentence: "Sen. Dale", "J. F. Kennedy", "U.S. officials", "Dale Jr. said".

Who speaks is read off a clause, and a clause ends at a full stop. Shielding exchanges the stops of
abbreviations for another sign of the same length, so that every offset stays as it was.
"""

from __future__ import annotations

import re

TITLE_ABBREVIATIONS = tuple(
    """Mr Mrs Ms Mx Messrs Mme Mlle Dr Drs Prof Profs Sen Sens Rep Reps Gov Govs Pres Amb Lt Gen
    Gens Col Maj Capt Cpt Cmdr Cdr Adm Brig Sgt Cpl Pvt Pfc Spc Det Insp Supt Rev Fr Msgr Hon St
    Ste Sr Sra Srta Ing Mag Dipl Atty Asst Dep Del Sec Ald Mgr""".split()
)
DOT = "\u2024"  # "one dot leader": looks like a full stop, and no source uses it as one

_UPPER = r"[^\W\d_a-z]"
# After a title the name follows, perhaps behind another title.
_TITLE = re.compile(rf"\b(?:{'|'.join(TITLE_ABBREVIATIONS)})\.(?=\s{{1,2}}{_UPPER}|\s?-)")
_SUFFIX = re.compile(r"\b(?:Jr|Sr|Inc|Corp|Co|Ltd|Bros|Esq)\.(?=\s*,|\s+[a-z(]|[\u2019']s)")
_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|No)\.(?=\s+\d)")
_INITIALS = re.compile(rf"\b(?:{_UPPER}\.)+(?:-{_UPPER}\.)*")
# "It left the U.S. The talks ..." ends a sentence, "the U.S. Senate" does not.
_STARTER = re.compile(
    r"\s+(?:The|A|An|It|He|She|They|We|I|You|This|That|These|Those|There|In|On|At|But|And|However"
    r"|Its|His|Her|Their|Our|When|While|After|Before|As|If|For|Since|According|Although)\b"
)


def shield_dots(text: str) -> str:
    """The text with another sign for each full stop that ends no sentence; its length stays."""
    if "." not in text:
        return text
    for pattern in (_TITLE, _SUFFIX, _MONTH):
        text = pattern.sub(lambda match: match.group().replace(".", DOT), text)
    return _INITIALS.sub(_shielded_initials, text)


def unshield_dots(text: str) -> str:
    """The text with its full stops again."""
    return text.replace(DOT, ".")


def _shielded_initials(match: re.Match[str]) -> str:
    text, rest = match.group(), match.string[match.end() :]
    inner = text[:-1].replace(".", DOT)
    goes_on = rest[:1].isalpha() or re.match(r"\s*[,a-z(\d]|\s+[^\W\d_]|['\u2019]s", rest)
    return inner + (DOT if goes_on and not _STARTER.match(rest) else ".")
