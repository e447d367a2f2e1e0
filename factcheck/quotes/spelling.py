"""British and American spellings of one word, by closed lists of stems.

General rules ("-our" is "-or") would also equate different words ("four", "for"), so every rule
names the stems it holds for; only "-ise"/"-ize" is open: no two words differ in it alone when at
least three letters stand before it.
"""

from __future__ import annotations

import re
from functools import lru_cache


def _stems(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


_OUR = _stems(
    "behavi col fav hon lab neighb rum harb hum vap vig od tum rig endeav splend savi parl glam"
    " arm ard cand clam ferv flav val demean misdemean ranc sav succ arb enam disfav dishon discol"
    " belab misbehavi tricol"
)
_RE = _stems(
    "cent theat met lit fib calib somb spect lust meag kilomet centimet millimet"
    " amphitheat epicent goit saltpet sabot sceptt millilit microfib multicent"
)
_DOUBLE_L = _stems(
    "trave cance labe mode fue signa counse marve leve channe quarre equa tota tunne initia riva"
    " dia pane peda grove shove snorke swive towe chise due funne gambo jewe libe marsha meda"
    " parce penci reve spira unrave hospita remode beve kenne refue relabe stenci backpeda"
)
_AE_OE = _stems(
    "anaesth paedi haem gynaec archaeo encyclopaed leukaem anaem faec caesar aesth mediaev"
    " orthopaed palaeo ischaem aetio bacteraem viraem septicaem glycaem hypoxaem uraem"
    " toxaem caecum orthopaedi paedo"
)
_OE = _stems("oestro oesoph oedem foet diarrhoe manoeuv dyspnoe apnoe gonorrhoe oestru homoeo")

# Whole words: British form first. Only pairs that differ in spelling, not in grammar or meaning.
_PAIRS = """
grey gray; greys grays; programme program; programmes programs; tyre tire; tyres tires; kerb curb
kerbs curbs; cheque check; cheques checks; sceptic skeptic; sceptics skeptics
sceptical skeptical; scepticism skepticism; aluminium aluminum; plough plow; ploughs plows
ploughed plowed; ploughing plowing; draught draft; draughts drafts; mould mold; moulds molds
moustache mustache; pyjamas pajamas; storey story; storeys stories; judgement judgment
judgements judgments; ageing aging; acknowledgement acknowledgment; cosy cozy
whisky whiskey; towards toward; afterwards afterward; learnt learned; burnt burned; dreamt dreamed
spelt spelled; spilt spilled; spoilt spoiled; leapt leaped; catalogue catalog; catalogues catalogs
catalogued cataloged; dialogue dialog; dialogues dialogs; analogue analog; analogues analogs
monologue monolog; adviser advisor; advisers advisors; enquiry inquiry; enquiries inquiries
gaol jail; artefact artifact; artefacts artifacts; disc disk; discs disks; okay ok
defence defense; defences defenses; offence offense; offences offenses; pretence pretense
licence license; licences licenses; practise practice; practised practiced
practises practices; practising practicing; fulfil fulfill; fulfils fulfills
fulfilment fulfillment; enrol enroll; enrols enrolls; enrolment enrollment; instalment installment
instalments installments; instil instill; distil distill; appal appall; skilful skillful
skilfully skillfully; wilful willful; wilfully willfully; jewellery jewelry; woollen woolen
counsellor counselor; counsellors counselors; tranquillity tranquility; analyse analyze
analysed analyzed; analysing analyzing; analyser analyzer; paralyse paralyze; paralysed paralyzed
paralysing paralyzing; catalyse catalyze; catalysed catalyzed; dialyse dialyze; omelette omelet
annexe annex; axe ax; yoghurt yogurt; sulphur sulfur; sulphate sulfate; furore furor; naïve naive
café cafe; cafés cafes; fiancé fiance; fiancée fiancee; façade facade; élite elite; débris debris
rôle role; résumé resume; cliché cliche; clichés cliches; protégé protege; mediæval medieval
manoeuvre maneuver; manoeuvres maneuvers; manoeuvred maneuvered; manoeuvring maneuvering
liquorice licorice; chilli chili; cipher cypher; tonne ton; tonnes tons; encyclopaedia encyclopedia
moult molt; smoulder smolder; smouldering smoldering; speciality specialty; ton tonne
"""
# Pairs above that name different things although dictionaries list them as variants.
_NOT_VARIANTS = {"tonne", "tonnes", "ton", "résumé", "cheque", "cheques", "storey", "storeys"}

_LIST: dict[str, str] = {}
for _entry in _PAIRS.replace("\n", ";").split(";"):
    _words = _entry.split()
    if len(_words) == 2 and not _NOT_VARIANTS & set(_words):
        _LIST[_words[0]] = _words[1]

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"^(un|re|dis|mis)?({_OUR})our"), r"\1\2or"),
    (re.compile(rf"^({_RE})re(s|d)?$"), r"\1er\2"),
    (re.compile(rf"^({_DOUBLE_L})ll(ed|ing|er|ers|ings|ation|ous|ously)$"), r"\1l\2"),
)
_DIGRAPH = re.compile(rf"{_AE_OE}|{_OE}")
_ISE = re.compile(r"^(.{3,})is(e|ed|es|ing|er|ers|ation|ations|ational|able)$")


@lru_cache(maxsize=65536)
def spelling_key(key: str) -> str:
    """One form for all spellings of a word.

    Args:
        key: a word in lower case.

    Returns:
        The American spelling where the word is known, otherwise the word itself. The result only
        serves comparison and need not be a word.
    """
    if key.endswith("'s"):
        return spelling_key(key[:-2]) + "'s"
    listed = _LIST.get(key)
    if listed is not None:
        return listed
    if not key.isalpha() or len(key) < 5:
        return key
    for rule, replacement in _RULES:
        key = rule.sub(replacement, key)
    key = _DIGRAPH.sub(lambda match: re.sub("[ao]e", "e", match.group()), key)
    match = _ISE.match(key)
    return f"{match.group(1)}iz{match.group(2)}" if match else key
