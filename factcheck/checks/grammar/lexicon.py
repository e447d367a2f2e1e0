"""Closed word lists shared by the checks: function words, irregular forms, near synonyms, verbs.

The lists are of the project's own making. A word stands here only if it is common in news and
encyclopedic prose and its meaning hardly depends on the subject.
"""

from __future__ import annotations

FUNCTION_WORDS = frozenset(
    """a an the this that these those there here it its it's he him his she her hers they them their
    theirs we us our ours you your yours i me my mine who whom whose which what where when why how
    of in on at by to from for with without within into onto upon over under above below between
    among through during before after since until till about around against across along near off
    out up down as than per via amid despite toward towards beyond besides except including
    and or nor but yet so if unless because although though while whereas whether either neither
    both not no n't never also too only just even still already ever very more most much many few
    several some any each every all other another such own same further again then now once both
    am is are was were be been being isn't aren't wasn't weren't do does did done doing don't
    doesn't didn't have has had having haven't hasn't hadn't will would shall should can could may
    might must won't wouldn't can't cannot couldn't shouldn't mr mrs ms dr s t d ll ve re
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred thousand million billion trillion dozen
    approximately nearly almost roughly least less fewer total overall however later earlier
    """.split()
)

# form -> base form, for verbs and nouns that the suffix rules cannot handle.
AUXILIARIES = frozenset(("be", "have", "do"))
IRREGULAR: dict[str, str] = {}
_VERB_FORMS = """be am is are was were been being; sue sued suing;
have has had having; do does did done doing;
say said; make made making; go goes went gone; take took taken taking; come came coming; see saw
seen; know knew known; get got gotten getting; give gave given giving; find found; found founded
founding; think thought; tell told; become became; leave left leaving; feel felt; bring brought;
begin began begun beginning; keep kept; hold held; write wrote written writing; stand stood; hear
heard; let letting; mean meant; set setting; meet met; run ran running; pay paid; sit sat; speak
spoke spoken; lie lay lain lying; lead led; read; grow grew grown; lose lost losing; fall fell
fallen; send sent; build built; understand understood; draw drew drawn; break broke broken; spend
spent; cut cutting; rise rose risen rising; drive drove driven; buy bought; wear wore worn; choose
chose chosen; seek sought; throw threw thrown; catch caught; deal dealt; win won winning; forget
forgot; sell sold; fight fought; teach taught; eat ate eaten; sing sang sung; strike struck; hang
hung; shake shook; ride rode ridden; feed fed; shoot shot; drink drank drunk; hit hitting; arise
arose; fly flew flown flies; spread spreading; sleep slept; cause caused; steal stole stolen; beat
beaten beating; bear born borne; bind bound; bite bit bitten; blow blew blown; shut; quit; put
putting; show showed shown; swim swam; swear swore sworn; tear tore torn; wake woke; sink sank
sunk; shrink shrank shrunk; withdraw withdrew withdrawn; overtake overtook overtaken; undergo
underwent; flee fled; freeze froze frozen; hide hid hidden; die died dying dies; tie tied tying;
man men; woman women; child children; person people persons; life lives; foot feet; tooth teeth;
mouse mice; crisis crises; medium media; datum data; country countries; city cities; party parties;
centre center centers centres; theatre theater; metre meter meters metres; litre liter; kilometre
kilometer kilometers; programme program programs programmes; defence defense; licence license
licensed; tonne tonnes; travel travelled traveled travelling traveling; cancel cancelled canceled;
labour labor; neighbour neighbor neighbouring; aluminium aluminum; grey gray; jewellery jewelry;
analysis analyses; basis bases; thief thieves; leaf leaves; half halves; knife knives; wife wives;
species; series; news; police; referendum referenda referendums; debut debuted; premiere premiered;
marry married marries;
aircraft plane planes airplane airplanes jet jets; bury buried; carry carried;
deny denied denies; try tried tries"""
for _group in _VERB_FORMS.split(";"):
    _base, *_forms = _group.split()
    IRREGULAR.setdefault(_base, _base)
    for _form in _forms:
        IRREGULAR.setdefault(_form, _base)
# "found" is the past of "find" more often than not, but "was found in 1990" is rare beside
# "founded"; both readings keep their own base.
IRREGULAR["founded"] = IRREGULAR["founding"] = "establish"

# Groups of words that name the same thing for the purpose of comparing a number or a date. A
# group must be safe in both directions: two numbers about members of one group contradict.
CONCEPTS: dict[str, tuple[str, ...]] = {
    "_die": ("die", "dead", "death", "kill", "killing", "fatality", "fatal", "slain", "perish"),
    "_injure": ("injure", "injury", "wound", "wounded", "hurt"),
    "_infect": ("case", "infection", "infected"),
    "_people": ("people", "person", "individual"),
    "_born": ("born", "bear", "birth"),
    "_marry": ("marry", "wed", "marriage", "wedding"),
    "_release": ("release", "issue"),
    "_premiere": ("premiere", "debut"),
    "_found": ("establish", "founded", "establishment", "inception", "foundation"),
    "_begin": ("begin", "start", "commence"),
    "_end": ("end", "conclude", "finish"),
    "_buy": ("buy", "purchase", "acquire", "acquisition"),
    "_sell": ("sell", "sale"),
    "_rise": ("rise", "increase", "grow", "growth", "climb", "jump", "soar", "surge", "gain"),
    "_fall": (
        "fall",
        "drop",
        "decline",
        "decrease",
        "shrink",
        "plunge",
        "slump",
        "reduce",
        "reduction",
        "cut",
    ),
    "_soldier": ("soldier", "troop"),
    "_child": ("child", "kid"),
    "_company": ("company", "firm"),
    "_worker": ("worker", "employee"),
    "_film": ("film", "movie"),
    "_aircraft": ("aircraft", "aeroplane"),
    "_protester": ("protester", "demonstrator", "marcher"),
    "_pupil": ("pupil", "student", "schoolchild"),
    "_lawmaker": ("lawmaker", "legislator", "deputy", "parliamentarian"),
    "_percent": ("percent", "percentage"),
    "_vote": ("vote", "ballot"),
    "_join": ("join", "accede"),
    "_resign": ("resign", "resignation", "step-down"),
    "_divorce": ("divorce", "separate"),
    "_cost": ("cost", "price"),
    "_wage": ("wage", "salary", "pay"),
    "_recognise": ("recognise", "recognize", "recognition"),
    "_arrest": ("arrest", "detain", "detention"),
    "_displace": ("displace", "displaced"),
    "_hospital": ("hospital", "clinic"),
    "_goal": ("goal",),
    "_view": ("view", "viewing"),
    "_resident": ("resident", "inhabitant"),
    "_household": ("household",),
    "_home": ("home", "house", "dwelling"),
    "_refugee": ("refugee",),
    "_truce": ("truce", "ceasefire", "cease-fire", "armistice"),
    "_weapon": ("weapon", "arms"),
    "_missile": ("missile", "rocket"),
    "_win": ("win", "victory"),
    "_beat": ("beat", "defeat"),
    "_adopt": ("adopt", "approve", "pass", "adoption", "approval"),
    "_reject": ("reject", "rejection", "turn-down"),
    "_law": ("law", "legislation"),
    "_doctor": ("doctor", "physician"),
    "_nation": ("country", "nation"),
    "_big": ("big", "large"),
    "_car": ("car", "automobile"),
    "_cancel": ("cancel", "cancellation"),
    "_build": ("build", "construct", "construction"),
    "_destroy": ("destroy", "destruction"),
    "_appoint": ("appoint", "appointment"),
    "_elect": ("elect", "election"),
    "_publish": ("publish", "publication"),
    "_arrive": ("arrive", "arrival"),
    "_depart": ("depart", "departure"),
}

# Verbs that stand in front of or behind numbers and dates in reports. Used to find the governing
# verb; forms in -ed are recognised without the list.
VERBS = frozenset(
    """be have do say make go take come see know get give find think tell become leave bring begin
    keep hold write stand mean set meet run pay sit speak lie lead read grow lose fall send build
    draw break spend cut rise drive buy choose seek throw catch deal win sell fight teach sing
    strike shoot hit fly spread steal beat bear blow put show swear sink shrink withdraw overtake
    undergo flee die start end open close cost earn gross sell reach total score receive contain
    comprise include consist feature star play serve live work move join elect appoint marry
    release publish air premiere debut launch establish register form create record produce direct
    kill wound injure arrest detain charge sentence convict acquit vote approve adopt reject sign
    ratify recognise recognize announce declare report confirm deny claim estimate expect plan
    propose agree order attack bomb invade occupy destroy damage evacuate displace rescue treat
    test vaccinate hospitalise export import produce employ hire fire cut raise increase decrease
    decline drop climb jump soar surge plunge slump gain double triple quadruple halve exceed
    weigh measure last cover span host attend march protest gather arrive depart travel land
    crash burn flood operate own acquire purchase invest fund donate award grant rate rank peak
    finish complete conclude stop suspend cancel postpone delay resume retire resign transfer
    graduate enrol enroll study stay remain continue return visit perform tour stage hold reduce
    prevent cause cure protect affect improve help support oppose allow ban permit change accept
    refuse legalise
    legalize recommend require suffer develop use protect transmit infect contain lower trigger
    stop admit deny settle sue fine demolish replace renew extend merge split transfer award
    nominate promote relegate score draw qualify compete withdraw deploy seize capture surrender
    liberate annex declare dissolve abolish amend repeal veto lift impose sanction collapse
    explode erupt strand derail collide""".split()
)

NUMBER_NOUN_STOP = frozenset(
    """in on at by from for with during since until before after as per than that which who and or
    but to is are was were be been being have has had will would can could may might do does did
    into against across among between about over under because while when where via if there
    not no nor so then out up down off worldwide globally annually daily weekly monthly yearly each
    every apiece later earlier ago away old more less fewer under above below including such
    the a an this these those his her its their our my your it he she they we i you""".split()
)
