"""Does a clause propose its measure, or speak against it?"""

import re
from enum import Enum

from tutor.core.words import fold, words


class Polarity(Enum):
    """What a clause does with the measure it names."""

    PROPOSED = "proposed"
    REJECTED = "rejected"
    # `das halte ich für unnötig`: names nothing itself and rejects what stands before it.
    REJECTS_PREVIOUS = "rejects-previous"


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(alternatives) + r")\b")


# Matched against folded words joined by single spaces.
_NEGATOR = _pattern(
    r"nicht", r"nichts", r"nie", r"niemals", r"kein\w*", r"ohne", r"weder", r"keinesfalls",
    r"keineswegs", r"nod", r"nid", r"nit", r"nuut", r"kei",
    r"not", r"no", r"never", r"without", r"don t", r"doesn t", r"won t", r"wouldn t", r"shouldn t",
    r"neither", r"nothing", r"cannot", r"can t",
    r"pas", r"jamais", r"sans", r"aucun\w*", r"rien", r"ni", r"inutile\w*",
    r"non", r"senza", r"nessun\w*", r"niente", r"nulla",
)  # fmt: skip
_REJECTION = _pattern(
    r"verzicht\w*", r"unnotig\w*", r"uberflussig\w*", r"unterlass\w*", r"sinnlos\w*", r"nutzlos\w*",
    r"zwecklos\w*", r"ware falsch", r"ist falsch", r"halte ich fur falsch", r"ubertrieben\w*",
    r"zeitverschwendung", r"geldverschwendung", r"spare ich mir", r"sparen wir uns", r"lehne\w* ab",
    r"abzulehnen", r"lasse?n? (?:ich|wir|man) (?:bleiben|weg|sein|aus)", r"ist mir egal",
    r"kann man sich sparen", r"konnen wir uns sparen", r"uberfluessig", r"dagegen bin ich",
    r"unnecessary", r"pointless", r"useless", r"waste of (?:time|money)", r"refuse to", r"skip",
    r"needless", r"refrain from", r"decline to", r"would be wrong", r"avoid \w+ing",
    r"renonc\w*", r"superflu\w*", r"inutil\w*", r"perte de temps", r"perte d argent", r"je refuse",
    r"rinunci\w*", r"superfluo", r"spreco di \w+", r"perdita di tempo", r"rifiuto",
)  # fmt: skip
# Said with a negator and meaning the opposite.
_HARMLESS = _pattern(
    r"nicht nur", r"nicht (?:erst )?(?:ab)?(?:zu)?wart\w*", r"nicht (?:zu )?(?:lange )?zoger\w*", r"keine zeit (?:zu )?verlier\w*",
    r"verlier\w* keine zeit", r"ohne zeit zu verlieren", r"ohne zu zoger\w*", r"ohne (?:zu )?wart\w*", r"ohne verzug",
    r"ohne verzogerung", r"ohne umschweife", r"ohne zogern", r"ohne shop", r"nicht vergessen",
    r"nichts unversucht", r"wenn nicht", r"falls nicht", r"wenn\w* nicht schon", r"noch nicht", r"nicht langer",
    r"nicht mehr", r"nichts mehr", r"keine\w? \w+ mehr", r"keine\w? weitere\w*", r"keine\w? neue\w*", r"nicht weiter\w*", r"nichts weiter",
    r"nicht direkt", r"nicht betroffene\w*", r"nicht zugestellte\w*", r"nicht verfugbar\w*", r"nicht lieferbar\w*",
    r"nicht (?:doppelt|zweimal)", r"nichts (?:doppelt|zweimal)\w*", r"nicht bestellbar", r"ob \w+ nicht", r"was nicht",
    r"not only", r"not wait\w*", r"don t wait", r"without delay", r"without waiting", r"no later than", r"no longer",
    r"no more", r"no further", r"no new", r"nothing more", r"not yet", r"if not", r"do not hesitate", r"without losing time",
    r"not forget\w*", r"not affected", r"not delivered", r"waste no time",
    r"pas seulement", r"sans attendre", r"sans tarder", r"sans delai", r"ne pas attendre", r"plus aucun\w*", r"pas encore", r"si non",
    r"non solo", r"senza aspettare", r"senza indugio", r"senza ritardo", r"non ancora", r"non piu",
)  # fmt: skip
_ANAPHOR = _pattern(
    r"darauf", r"das", r"dies", r"davon", r"dazu", r"lieber nicht", r"it", r"that", r"this", r"ca", r"cela",
    r"y", r"en", r"questo", r"cio", r"ne",
)  # fmt: skip
_CONTENT_WORDS_OF_ANAPHOR = 3


def polarity(clause: str) -> Polarity:
    """Return what one clause does with the measure it names; language does not matter.

    Scope is the clause: `nicht warten, sondern das Backup einspielen` has two.
    """
    said = " ".join(word.folded for word in words(clause))
    plain = _HARMLESS.sub(" ", said)
    rejected = _REJECTION.search(plain) is not None
    if not rejected and _NEGATOR.search(plain) is None:
        return Polarity.PROPOSED
    named = [word for word in plain.split() if len(word) > 4 and not _is_negation(word)]
    if _ANAPHOR.search(said) and len(named) < _CONTENT_WORDS_OF_ANAPHOR:
        return Polarity.REJECTS_PREVIOUS
    return Polarity.REJECTED


def _is_negation(word: str) -> bool:
    return bool(_NEGATOR.fullmatch(word) or _REJECTION.fullmatch(fold(word)))
