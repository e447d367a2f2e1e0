"""Word lists by which a checkable statement is told from an opinion, a plan or an instruction.

The lists are of the project's own making. A word stands here only if it hardly ever stands in a
plain statement of fact.
"""

from __future__ import annotations

FUTURE = frozenset("will won't shall would could may might wouldn't couldn't".split())
# "is expected to", "are likely to": the second word after a form of "be".
EXPECTED = frozenset(
    "expected likely unlikely set due scheduled poised bound going about slated forecast projected"
    " predicted certain sure hoped".split()
)
NORMATIVE = frozenset("should must ought shouldn't mustn't".split())
NEEDING = frozenset("need needs deserve deserves".split())
BE = frozenset("is are was were be been being isn't aren't wasn't weren't it's that's he's".split())
AUXILIARY = BE | frozenset(
    "am have has had having do does did don't doesn't didn't hasn't haven't hadn't can cannot"
    " can't".split()
)

# Words of judgement; with none of the hard anchors (number, date) they make an opinion.
EVALUATIVE = frozenset(
    """shameful disgraceful ridiculous absurd brilliant wonderful beautiful terrible awful horrible
    horrendous magnificent stunning dull boring elegant delicious lovely charming disappointing
    disappointment impressive remarkable scandalous cynical reckless foolish stupid cowardly brave
    heroic embarrassing embarrassment pathetic outrageous unacceptable unforgivable hypocritical
    hypocrisy wise unwise mistake folly shame disgrace insult betrayal farce nonsense masterpiece
    gem delight glorious gorgeous superb excellent fantastic amazing incredible incredibly awesome
    dreadful ugly tasteless pointless useless hopeless hopelessly delightful thrilling breathtaking
    inspiring marvellous splendid sublime exquisite mediocre lazy timid shortsighted short-sighted
    naive irresponsible inexcusable appalling deplorable laughable sensible commendable admirable
    unfair unjust fairer nicer wonderfully beautifully brilliantly terribly shamefully tragically
    unfortunately sadly regrettably thankfully luckily happily mercifully frankly honestly hopefully
    arguably surely clearly obviously undoubtedly plainly simply undeniably astonishingly
    disgracefully worthy memorable unforgettable enjoyable touching moving lacklustre clumsy
    ludicrous preposterous baffling bizarre vanity timidity cowardice courage arrogance arrogant
    complacent complacency wishful proud pride joy refreshing tedious smug toothless overdue
    thoughtful exciting excited thrilled delighted honoured honored pleased passionate world-class
    best-in-class cutting-edge unparalleled unrivalled innovative seamless game-changing
    groundbreaking vibrant cosy cozy comfort warmest generous""".split()
)
# The same as phrases of several words.
EVALUATIVE_PHRASES = (
    "it is time",
    "it's time",
    "of course",
    "no doubt",
    "high time",
    "long overdue",
    "worth it",
    "worth the",
    "makes no sense",
    "make no sense",
    "is wrong",
    "are wrong",
    "was wrong",
    "is right to",
    "was right to",
    "is not good enough",
    "not enough",
    "bad idea",
    "good idea",
    "good news",
    "bad news",
    "in my view",
    "to my mind",
    "the point is",
    "the question is",
    "the truth is",
    "the real",
    "deserves better",
    "deserve better",
    "more than ever",
    "at its best",
    "at his best",
    "at her best",
    "a joke",
    "the last thing",
    "the least",
    "speaks volumes",
)
SEEMING = frozenset("seems seem seemed appears appear feels feel felt looks".split())

VAGUE = frozenset(
    """many some several lots plenty often sometimes usually everyone everybody nobody anyone
    someone somebody things thing something somehow various countless numerous much always never
    perhaps maybe typically generally critics observers experts analysts commentators insiders
    sources rumours rumors whatever anything everything nothing sort kind somewhere few""".split()
)
NOBODY = frozenset(
    """many some critics observers experts analysts commentators insiders sources everyone people
    locals others supporters opponents they somebody someone one you fans""".split()
)

FIRST_PERSON = frozenset(
    "i me my mine myself we us our ours ourselves i'm i've i'd i'll we're we've we'd we'll".split()
)
SECOND_PERSON = frozenset("you your yours yourself you're you've you'll you'd".split())

IMPERATIVES = frozenset(
    """read click subscribe follow see watch listen send call visit check add bring take keep let
    don't consider imagine remember note make try find join share write tell email stay avoid look
    think ask never get give go use turn put mix stir forward reply download register sign enter
    tap scroll start stop pick choose pay help meet save book contact wait picture suppose forget
    donate support learn discover enjoy please compare leave drink eat wear cook bake boil pour
    serve set mark reserve browse explore vote buy do cut place cover heat""".split()
)
# What follows an imperative rather than a noun that is also a verb ("Call volumes rose").
AFTER_IMPERATIVE = frozenset(
    """the a an your our this that these those it them us me him her to up out in on for with at
    not how what why where whether all more no about off down by from as every each yourself if
    free here below sure back any one two three some my only and""".split()
)

# Saying verbs beside those that the checks know.
SPEECH = frozenset(
    """said says say saying told tells asked asks added adds announced announces warned warns argued
    argues claimed claims insisted insists explained explains wrote writes replied replies recalled
    recalls noted notes stated states declared declares admitted admits acknowledged confirmed
    confirms denied denies promised promises pledged vowed called calls described describes
    tweeted posted testified suggested suggests reported reports estimated estimates joked shouted
    concluded concludes according remarked commented stressed emphasised emphasized conceded
    cautioned urged urges predicted predicts forecast expects expected hopes believes thinks
    thought accused accuses criticised criticized praised labelled labeled dubbed quoted
    reads read continued complained lamented quipped responded accepted rejected dismissed
    repeated""".split()
)

# Verbs of the news: an event in the past tense that counts without a name or a number.
EVENTS = frozenset(
    """kill die injure wound arrest detain charge sentence convict acquit release approve adopt
    reject vote sign ratify recognise ban lift impose open close shut launch cancel postpone delay
    suspend resume resign dismiss sack fire hire appoint elect nominate win lose beat defeat draw
    score sell buy acquire merge collapse crash derail collide explode burn destroy damage flood
    evacuate rescue bomb attack shoot stab steal rob seize raid search withdraw deploy invade
    occupy capture surrender publish discover find measure test vaccinate infect detect analyse
    survey interview sue settle fine appeal rule overturn uphold order block strike protest march
    gather evict demolish build rebuild restore replace repair move transfer donate award fund cut
    raise increase reduce fall rise drop climb jump grow shrink double triple halve arrive leave
    depart land return visit meet join quit enter begin start end stop finish complete announce
    declare report record register lose miss fail pass file deny admit confirm pay spend cost earn
    borrow invest import export ship deliver supply produce inspect recall warn notify issue grant
    refuse extend renew abandon scrap halt reopen reveal retire marry divorce bury name
    call bring give take hold send plead testify hear adjourn stay remain blame accuse criticise
    criticize apologise apologize demand request propose urge condemn support oppose back sponsor
    host attend escape survive suffer treat tow govern lead rule cover ban ease tighten expel flee
    learn study serve work extradite investigate inspect promote qualify""".split()
)
# A statement about how things are in general that a textbook could confirm.
GENERAL = frozenset(
    """contain contains consist consists cause causes produce produces release releases absorb
    absorbs measure measures weigh weighs cover covers orbit orbits carry carries convert converts
    melt melts freeze freezes boil boils kill kills infect infects spread spreads prevent prevents
    protect protects reduce reduces increase increases trap traps reflect reflects grow grows feed
    feeds lay lays eat eats breed breeds hibernate migrate migrates bind binds form forms dissolve
    dissolves react reacts burn burns store stores trigger triggers require requires regulate
    regulates comprise comprises include includes belong belongs border borders flow flows connect
    connects supply supplies elect elects appoint appoints decide decides publish survive
    survives live lives lack lacks need needs thrive thrives""".split()
)

LEADING_LABELS = (
    "photo photograph picture image video watch listen credit caption source sources graphic chart"
    " map copyright editing reporting additional writing text illustration tags topics related"
    " more read correction contact contacts media press notes filed byline author published updated"
    " last".split()
)
CONNECTIVES = frozenset(
    """but and so yet however meanwhile still also then instead moreover furthermore nevertheless
    nonetheless besides indeed thus therefore hence finally overall separately similarly likewise
    additionally equally elsewhere""".split()
)
