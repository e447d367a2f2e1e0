"""Countries with their demonyms and capitals, so that "Ankara", "Turkish" and "Türkiye" meet.

A compact table of the project's own making: states recognised by the United Nations, observers
and a few disputed territories that news writes about. Names are folded (no accents, lower case).
"""

from __future__ import annotations

# country names | demonyms and adjectives | capital or seat of government
_TABLE = """
afghanistan|afghan|kabul;albania|albanian|tirana;algeria|algerian|algiers
andorra|andorran|andorra la vella;angola|angolan|luanda;antigua and barbuda|antiguan|saint john's
argentina|argentine,argentinian|buenos aires;armenia|armenian|yerevan
australia|australian|canberra;austria|austrian|vienna;azerbaijan|azerbaijani,azeri|baku
bahamas|bahamian|nassau;bahrain|bahraini|manama;bangladesh|bangladeshi|dhaka
barbados|barbadian|bridgetown;belarus|belarusian,belarussian|minsk;belgium|belgian|
belize|belizean|belmopan;benin|beninese|porto-novo;bhutan|bhutanese|thimphu
bolivia|bolivian|la paz;bosnia and herzegovina,bosnia|bosnian|sarajevo
botswana|botswanan|gaborone;brazil|brazilian|brasilia;brunei|bruneian|bandar seri begawan
bulgaria|bulgarian|sofia;burkina faso|burkinabe|ouagadougou;burundi|burundian|gitega
cambodia|cambodian|phnom penh;cameroon|cameroonian|yaounde;canada|canadian|ottawa
cape verde,cabo verde|cape verdean|praia;central african republic|central african|bangui
chad|chadian|n'djamena;chile|chilean|santiago;china,people's republic of china,prc|chinese|beijing
colombia|colombian|bogota;comoros|comorian|moroni
congo,democratic republic of the congo,drc|congolese|kinshasa;costa rica|costa rican|san jose
croatia|croatian,croat|zagreb;cuba|cuban|havana;cyprus|cypriot|nicosia
czech republic,czechia|czech|prague;denmark|danish,dane|copenhagen
djibouti|djiboutian|;dominica|dominican|roseau;dominican republic|dominican|santo domingo
east timor,timor-leste|timorese|dili;ecuador|ecuadorian|quito;egypt|egyptian|cairo
el salvador|salvadoran|san salvador;equatorial guinea|equatoguinean|malabo
eritrea|eritrean|asmara;estonia|estonian|tallinn;eswatini,swaziland|swazi|mbabane
ethiopia|ethiopian|addis ababa;fiji|fijian|suva;finland|finnish,finn|helsinki
france|french,frenchman|paris;gabon|gabonese|libreville;gambia|gambian|banjul
georgia|georgian|tbilisi;germany|german|berlin;ghana|ghanaian|accra;greece|greek|athens
grenada|grenadian|;guatemala|guatemalan|guatemala city;guinea|guinean|conakry
guinea-bissau|bissau-guinean|bissau;guyana|guyanese|georgetown;haiti|haitian|port-au-prince
honduras|honduran|tegucigalpa;hungary|hungarian|budapest;iceland|icelandic,icelander|reykjavik
india|indian|new delhi,delhi;indonesia|indonesian|jakarta;iran|iranian|tehran
iraq|iraqi|baghdad;ireland|irish,irishman|dublin;israel|israeli|jerusalem,tel aviv
italy|italian|rome;ivory coast,cote d'ivoire|ivorian|yamoussoukro;jamaica|jamaican|kingston
japan|japanese|tokyo;jordan|jordanian|amman;kazakhstan|kazakh,kazakhstani|astana
kenya|kenyan|nairobi;kiribati|i-kiribati|tarawa;kosovo|kosovar,kosovan|pristina,prishtina
kuwait|kuwaiti|kuwait city;kyrgyzstan|kyrgyz|bishkek;laos|laotian,lao|vientiane
latvia|latvian|riga;lebanon|lebanese|beirut;lesotho|basotho|maseru;liberia|liberian|monrovia
libya|libyan|tripoli;liechtenstein|liechtensteiner|vaduz;lithuania|lithuanian|vilnius
luxembourg|luxembourgish,luxembourger|;madagascar|malagasy|antananarivo
malawi|malawian|lilongwe;malaysia|malaysian|kuala lumpur;maldives|maldivian|male
mali|malian|bamako;malta|maltese|valletta;marshall islands|marshallese|majuro
mauritania|mauritanian|nouakchott;mauritius|mauritian|port louis;mexico|mexican|mexico city
micronesia|micronesian|palikir;moldova|moldovan|chisinau;monaco|monegasque|
mongolia|mongolian|ulaanbaatar,ulan bator;montenegro|montenegrin|podgorica
morocco|moroccan|rabat;mozambique|mozambican|maputo;myanmar,burma|burmese|naypyidaw
namibia|namibian|windhoek;nauru|nauruan|yaren;nepal|nepali,nepalese|kathmandu
netherlands,holland|dutch,dutchman|amsterdam,the hague;new zealand|new zealander,kiwi|wellington
nicaragua|nicaraguan|managua;niger|nigerien|niamey;nigeria|nigerian|abuja
north korea,dprk|north korean|pyongyang;north macedonia,macedonia|macedonian|skopje
norway|norwegian|oslo;oman|omani|muscat;pakistan|pakistani|islamabad;palau|palauan|ngerulmud
palestine|palestinian|ramallah;panama|panamanian|panama city
papua new guinea|papua new guinean|port moresby;paraguay|paraguayan|asuncion
peru|peruvian|lima;philippines|filipino,philippine|manila;poland|polish,pole|warsaw
portugal|portuguese|lisbon;qatar|qatari|doha;romania|romanian|bucharest
russia,russian federation|russian|moscow,kremlin;rwanda|rwandan|kigali
saint kitts and nevis|kittitian|basseterre;saint lucia|saint lucian|castries
saint vincent and the grenadines|vincentian|kingstown;samoa|samoan|apia
san marino|sammarinese|;sao tome and principe|sao tomean|sao tome
saudi arabia|saudi,saudi arabian|riyadh;senegal|senegalese|dakar;serbia|serbian,serb|belgrade
seychelles|seychellois|victoria;sierra leone|sierra leonean|freetown;singapore|singaporean|
slovakia|slovak,slovakian|bratislava;slovenia|slovenian,slovene|ljubljana
solomon islands|solomon islander|honiara;somalia|somali|mogadishu
south africa|south african|pretoria,cape town;south korea,republic of korea|south korean|seoul
south sudan|south sudanese|juba;spain|spanish,spaniard|madrid;sri lanka|sri lankan|colombo
sudan|sudanese|khartoum;suriname|surinamese|paramaribo;sweden|swedish,swede|stockholm
switzerland|swiss|bern,berne;syria|syrian|damascus;taiwan|taiwanese|taipei
tajikistan|tajik|dushanbe;tanzania|tanzanian|dodoma;thailand|thai|bangkok
togo|togolese|lome;tonga|tongan|nuku'alofa;trinidad and tobago|trinidadian|port of spain
tunisia|tunisian|tunis;turkey,turkiye,republic of turkey|turkish,turk|ankara
turkmenistan|turkmen|ashgabat;tuvalu|tuvaluan|funafuti;uganda|ugandan|kampala
ukraine|ukrainian|kyiv,kiev;united arab emirates,uae|emirati|abu dhabi
united kingdom,uk,britain,great britain|british,briton|london,westminster,downing street
united states,usa,us,u.s,america,united states of america|american|washington,white house
uruguay|uruguayan|montevideo;uzbekistan|uzbek|tashkent;vanuatu|vanuatuan|port vila
vatican,vatican city,holy see|vatican|;venezuela|venezuelan|caracas
vietnam,viet nam|vietnamese|hanoi;yemen|yemeni|sanaa;zambia|zambian|lusaka
zimbabwe|zimbabwean|harare;european union,eu|european|brussels
england|english,englishman|;scotland|scottish,scot|edinburgh;wales|welsh,welshman|cardiff
northern ireland|northern irish|belfast;yugoslavia|yugoslav,yugoslavian|
soviet union,ussr|soviet|;united nations,un,u.n||;greenland|greenlandic,greenlander|nuuk
hong kong|hongkonger|;tibet|tibetan|lhasa;abkhazia|abkhaz,abkhazian|sukhumi
northern cyprus,trnc,turkish republic of northern cyprus|turkish cypriot|
"""

COUNTRIES: dict[str, str] = {}
DEMONYMS: dict[str, str] = {}
CAPITALS: dict[str, str] = {}
for _entry in _TABLE.replace("\n", ";").split(";"):
    if not _entry:
        continue
    _names, _demonyms, _capitals = (part.split(",") for part in _entry.split("|"))
    for _table, _words in ((COUNTRIES, _names), (DEMONYMS, _demonyms), (CAPITALS, _capitals)):
        for _word in _words:
            if _word:
                _table.setdefault(_word, _names[0])
                if _table is DEMONYMS and not _word.endswith(("ish", "ese", "ch", "ss", "s")):
                    _table.setdefault(_word + "s", _names[0])


def country_of(folded: str) -> str:
    """The country that a folded name, demonym or capital belongs to, or ""."""
    return COUNTRIES.get(folded) or DEMONYMS.get(folded) or CAPITALS.get(folded) or ""
