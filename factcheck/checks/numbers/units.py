"""Units of measure and currencies: a small table, because a unit library is slow to import.

Factors are exact by definition (international yard and pound of 1959, SI) unless a comment says
otherwise. Months and years are mean Gregorian lengths; a comparison allows for their spread.
"""

from __future__ import annotations

from typing import NamedTuple


class Unit(NamedTuple):
    """How a unit converts.

    Args:
        dimension: "length", "mass", …; quantities of different dimensions are never compared.
        factor: size in the dimension's base unit.
        offset: added after multiplying, for temperatures.
    """

    dimension: str
    factor: float
    offset: float = 0.0


_TABLE: dict[str, dict[float, str]] = {
    # metre
    "length": {
        1e-9: "nm nanometre nanometer",
        1e-6: "µm micrometre micron",
        0.001: "mm millimetre",
        0.01: "cm centimetre",
        1.0: "m metre",
        1000.0: "km kilometre",
        0.0254: "in inch",
        0.3048: "ft foot feet",
        0.9144: "yd yard",
        1609.344: "mi mile",
        1852.0: "nmi",
    },
    # square metre
    "area": {
        1e4: "ha hectare",
        4046.8564224: "acre",
        1e6: "km2 km² sqkm",
        1.0: "m2 m² sqm",
        2589988.110336: "sqmi mi2",
        0.09290304: "sqft ft2",
    },
    # litre
    "volume": {
        1.0: "l litre",
        0.001: "ml millilitre",
        0.01: "cl",
        1000.0: "m3 m³",
        3.785411784: "gallon gal",
        158.987294928: "barrel",
        1e6: "megalitre",
    },
    # kilogram
    "mass": {
        1e-6: "mg milligram",
        0.001: "g gram gramme",
        1.0: "kg kilo kilogram kilogramme",
        1000.0: "t tonne metricton",
        0.45359237: "lb pound-mass",
        0.028349523125: "oz ounce",
        6.35029318: "stone",
        907.18474: "shortton",
    },
    # day; years and months are Gregorian means
    "duration": {
        1 / 86400: "s sec second",
        1 / 1440: "min minute",
        1 / 24: "h hr hour",
        1.0: "day night",
        7.0: "week",
        14.0: "fortnight",
        30.436875: "month",
        365.2425: "yr year",
        3652.425: "decade",
        36524.25: "century",
        365242.5: "millennium",
    },
    # metre a second
    "speed": {1 / 3.6: "km/h kmh kph kilometres-per-hour", 0.44704: "mph", 0.514444: "knot kt"},
    # watt
    "power": {
        1.0: "w watt",
        1e3: "kw kilowatt",
        1e6: "mw megawatt",
        1e9: "gw gigawatt",
        1e12: "tw terawatt",
        745.699872: "hp horsepower",
    },
    # watt hour
    "energy": {
        1e3: "kwh kilowatt-hour",
        1e6: "mwh megawatt-hour",
        1e9: "gwh gigawatt-hour",
        1e12: "twh terawatt-hour",
    },
    # byte
    "data": {1e3: "kb kilobyte", 1e6: "mb megabyte", 1e9: "gb gigabyte", 1e12: "tb terabyte"},
    # hertz
    "frequency": {
        1.0: "hz hertz",
        1e3: "khz kilohertz",
        1e6: "mhz megahertz",
        1e9: "ghz gigahertz",
    },
    "angle": {1.0: "deg"},
}
_IRREGULAR_PLURALS = {
    "foot": "feet",
    "inch": "inches",
    "century": "centuries",
    "millennium": "millennia",
    "stone": "stone",
}

UNITS: dict[str, Unit] = {}
for _dimension, _units in _TABLE.items():
    for _factor, _names in _units.items():
        for _name in _names.split():
            _unit = Unit(_dimension, _factor)
            UNITS[_name] = _unit
            if len(_name) > 2:
                UNITS[_IRREGULAR_PLURALS.get(_name, _name + "s")] = _unit
            if "metre" in _name or "litre" in _name:
                _american = _name.replace("metre", "meter").replace("litre", "liter")
                UNITS[_american] = UNITS[_american + "s"] = _unit
UNITS["mins"] = UNITS["min"]
UNITS["lbs"] = UNITS["lb"]
UNITS["°c"] = UNITS["celsius"] = UNITS["centigrade"] = Unit("temperature", 1.0)
UNITS["°f"] = UNITS["fahrenheit"] = Unit("temperature", 5 / 9, -160 / 9)

# These symbols are common words or endings elsewhere; they count only right after the digits.
GLUED_ONLY = frozenset(("in", "s", "deg", "a"))

CURRENCY_SIGNS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₽": "RUB",
    "₺": "TRY",
    "₩": "KRW",
    "₪": "ILS",
    "₴": "UAH",
    "₦": "NGN",
    "₱": "PHP",
    "฿": "THB",
    "₫": "VND",
}
CURRENCY_PREFIXES = {
    "us": "USD",
    "a": "AUD",
    "au": "AUD",
    "c": "CAD",
    "ca": "CAD",
    "nz": "NZD",
    "hk": "HKD",
    "s": "SGD",
    "r": "BRL",
    "nt": "TWD",
}
CURRENCY_CODES = frozenset(
    """usd eur gbp jpy chf aud cad nzd cny inr rub try krw sek nok dkk pln czk huf ron rsd bgn
    ils zar brl mxn hkd sgd thb uah ngn php vnd aed sar""".split()
)
# A bare "dollar" is the American one, unless the other side names another (`subjects`).
CURRENCY_WORDS = {
    "dollar": "USD",
    "dollars": "USD",
    "euro": "EUR",
    "euros": "EUR",
    "yen": "JPY",
    "pound": "GBP",
    "pounds": "GBP",
    "sterling": "GBP",
    "franc": "CHF",
    "francs": "CHF",
    "rupee": "INR",
    "rupees": "INR",
    "rs": "INR",
    "rouble": "RUB",
    "roubles": "RUB",
    "ruble": "RUB",
    "rubles": "RUB",
    "lira": "TRY",
    "liras": "TRY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "won": "KRW",
    "peso": "peso",
    "pesos": "peso",
    "krona": "SEK",
    "kronor": "SEK",
    "krone": "NOK",
    "kroner": "NOK",
    "dinar": "dinar",
    "dinars": "dinar",
    "zloty": "PLN",
    "shekels": "ILS",
    "shekel": "ILS",
    "hryvnia": "UAH",
    "rand": "ZAR",
    "naira": "NGN",
    "dirham": "dirham",
    "dirhams": "dirham",
    "riyal": "riyal",
    "riyals": "riyal",
}
CENTS = {"cent": 0.01, "cents": 0.01, "pence": 0.01, "penny": 0.01}
