"""Whether a clause proposes its measure or speaks against it."""

import re
from enum import Enum
from functools import lru_cache

from tutor.core.words import words


class Polarity(Enum):
    """What a clause does with the measure it names."""

    PROPOSED = "proposed"
    REJECTED = "rejected"
    # `das halte ich für unnötig`: names nothing itself and rejects what stands before it.
    REJECTS_PREVIOUS = "rejects-previous"


# All lists hold folded words in German, English, French and Italian; they are matched against
# the folded words of a clause, joined by single spaces.
_NEGATORS = r"""
    nicht nichts nie niemals niemand\w* kein\w* weder keinesfalls keineswegs nid nit nod kei
    not no nobody never without neither nothing cannot \w+n_t
    pas jamais aucun\w* rien ni (?<!la_)(?<!une_)(?<!chaque_)(?<!de_)personne
    non nessun\w* niente nulla ne_(?:\w+_){1,6}ne(?=_\w)
"""
_REJECTIONS = r"""
    verzicht\w* unnotig\w* uberflussig\w* unterlass\w* sinnlos\w* nutzlos\w* zwecklos\w*
    (?:ware|ist|fur)_falsch ubertrieben\w* zeitverschwendung geldverschwendung
    spare_ich_mir sparen_wir_uns (?:kann|konnen)_\w+_(?:uns_|sich_)?sparen
    ab(?:zu)?lehnen lehn\w*_(?:\w+_){0,5}ab lasse?n?_(?:ich|wir|man)_(?:bleiben|weg|sein|aus)
    (?:ist|sind)_(?:mir|uns)_egal seh\w*_(?:\w+_){0,5}(?<!hand_)ab(?!_\w) entfallt
    absehen davon_abzusehen abzusehen_von abraten rat(?:e|en)_(?:\w+_){0,4}ab(?!_\w)
    (?:ware|hielte)_(?:\w+_){0,3}(?:fehler|verkehrt|unklug|unsinn\w*|schlechte_idee)
    (?:finger|hande)_weg weiger\w*
    (?:fallt|fallen)_weg (?:mir|uns)_schenken nehm\w*_(?:\w+_){0,2}abstand
    (?:bin|sind)_(?:\w+_)?gegen_(?:ein|die|das|den|jed)\w*
    (?:do|doing|go|manage)_without unnecessary needless pointless useless
    waste_of_(?:time|money) refus\w+_to skip
    ^(?:refuse|reject|decline)(?=_\w) (?:we|i|would|should)_(?:refuse|reject|decline)(?=_\w)
    (?:advis\w*|recommend\w*|decid\w*)_against steer_clear (?:be|is)_a_(?:\w+_)?bad_idea
    (?:be|is)_(?:a_)?(?:\w+_)?mistake would_be_(?:foolish|unwise)
    serait_(?:une_)?(?:erreur|faux) sarebbe_(?:un_)?(?:errore|sbagliato)
    refrain\w*_from declin\w+_to would_be_wrong avoid_\w+ing
    (?:leave|leaving)_out forgo\w* dispens\w+_with do_away_with out_of_the_qustion
    (?:hold|holding)_off save_(?:myself|ourselves) (?:am|are|i_m|we_re)_against
    (?:kann|konnen|konnte\w*)_(?:(?!auf_)\w+_){0,4}warten can_(?:\w+_)?wait
    drop_(?:the|a|an|any|all|this|that|it)(?!_(?:duplicat|doubl|second|surplus|extra|faulty)\w*)
    peu(?:t|vent)_attendre renonc\w* superflu\w* inutil\w* perte_d\w*_\w+ je_refuse
    (?:puo|possono)_aspettare rinunci\w* spreco_di_\w+ perdita_di_\w+ rifiuto
"""
# Said with a negator and meaning no rejection: haste, limits, an end, things that are not so, what
# others are told not to do.
_HARMLESS = r"""
    nicht?_(?:nur|gleich|alle\w*|jede\w*|mit_vorw\w+) nicht?_(?:vor|nach|unter|am|an)(?=_\w)
    nicht?_uber(?=_(?:nacht|\d))
    nicht?_(?:noch_einmal|nochmal\w*|noch_mal|erneut|wieder)
    nicht?_(?:erst_|lange_|langer_)*(?:ab_?)?(?:zu_?)?(?:wart|zoger)\w*
    kein\w*_zeit(?:_zu)?_verlier\w* verlier\w*_(?:ich_|wir_)?keine_zeit nicht_vergess\w*
    nichts_unversucht (?:wenn|falls|ob|was|wo|wer)_(?:\w+_)?nicht\w* noch_nicht
    (?:nicht?|nichts|niemand)_(?:mehr|langer|weiter) kein\w*_(?:\w+_){1,2}mehr
    kein\w*_(?:weitere|neue)\w* nichts?_(?:doppelt|zweimal)\w*
    nicht_(?:direkt|betroffene|zugestellte|verfugbar|lieferbar|bestellbar)\w*
    (?:not|don_t|nothing|nobody)_(?:\w+_){0,3}twice niemand_(?:\w+_){0,3}(?:doppelt|zweimal)
    niemand_darf darf_niemand nobody_(?:may|must)
    (?:make_sure|ensur\w*)_(?:that_)?(?:\w+_){0,2}(?:nobody|nothing|no|not)
    (?:sicher_?stellen|sorgen)_dass_(?:\w+_){0,2}(?:niemand|kein\w*|nichts?)
    (?:cannot|can_t)_wait not_only
    (?:not|don_t)_(?:wait|hesitate|forget)\w* no_(?:later_than|longer|more|further|new)
    (?:that|which|who)_(?:(?:is|are|was|were|has|have|had|do|does|did)_not|\w+n_t)
    nothing_more not_(?:yet|affected|delivered) if_not waste_no_time
    (?:warn|tell|ask|advise|remind|instruct|urge)(?:ing)?_(?:\w+_){0,5}not_to
    (?:avert\w*|(?:inform|pri|demand|rappel|conseill|invit)(?:er|e|es|ez|ons))_(?:\w+_){0,5}de_ne_(?:pas|rien|jamais|plus)
    (?:dire|dis|disons|dites|prevenir|previens|prevenons|prevenez)_(?:\w+_){0,5}de_ne_(?:pas|rien|jamais|plus)
    (?:avvert|avvis|inform|preg|pregh|chied|ricord|consigli|invit)(?:are|ere|ire|o|i|a|iamo)_(?:\w+_){0,5}di_non(?:_\w+_(?:nulla|niente|nessun\w*))?
    (?:dire|dico|diciamo)_(?:\w+_){0,5}di_non(?:_\w+_(?:nulla|niente|nessun\w*))?
    pas_(?:seulement|encore) ne_pas_attendre plus_aucun\w* si_non
    non_(?:solo|ancora|piu) non_(?:(?!mai_)\w+_){1,2}piu(?:_nessun\w*)?
    (?:reject|refus|declin)\w*_(?:\w+_){0,4}(?:duplicat|doubl|second|repeat|already|invalid|faulty)\w*
    (?:doppelt|mehrfach|duplikat|dublett|ungultig|fehlerhaft)\w*_(?:\w+_){0,4}ab(?:zu)?lehnen
    lehn\w*_(?:\w+_){0,3}(?:doppelt|mehrfach|duplikat|dublett|ungultig|fehlerhaft)\w*_(?:\w+_){0,4}ab
"""
# Clauses that describe or quote: their negator says how things are, not what is left undone.
_SUBORDINATE = r"""
    dass ob solange wenn falls bevor bis wo was wer weil damit welche\w* obwohl sodass
    that if when unless until which who because so while where what
    que qui si quand parce pour tant
    che se quando perche chi affinche
"""
# Relative pronouns that are articles elsewhere: only behind a comma.
_RELATIVE = r"""
    der die deren dessen
"""
# Whoever forbids so strongly warns of a mistake.
_WARNINGS = r"""
    auf_keinen_fall unter_keinen_umstanden keinesfalls niemals on_no_account
    under_no_circumstances never in_no_case en_aucun_cas in_nessun_caso
"""
_CONTRAST = r"""
    aber sondern jedoch stattdessen dafur dennoch trotzdem but instead rather however mais plutot
    ma piuttosto invece
"""
_ANAPHORS = r"""
    darauf das dies davon dazu lieber it that this ca cela questo cio
"""
# What announces before a colon that the rest of the sentence is not done.
_ANNOUNCEMENTS = r"""
    nicht_notig unnotig uberflussig kein_thema(?:_fur_\w+)? (?:sicher|bestimmt|lieber|besser)_nicht
    kein\w*_fall unter_keinen_umstanden niemals falsch_ware(?:_es)? unterlassen weglassen
    (?:darauf|davon|hierauf)_(?:\w+_){0,3}(?:verzicht\w*|ab|absehen)(?:_\w+){0,2}
    (?:mach|tu|brauch)\w*_(?:ich_|wir_)?(?:\w+_)?nicht (?:rate|raten)_(?:\w+_){0,3}ab
    was_(?:ich|wir|man|es)_nicht_\w+ lass\w*_(?:ich|wir)_(?:weg|bleiben|sein)
    not_needed not_necessary unnecessary under_no_circumstances never better_not no_need
    (?:skip|leave_out|avoid|refrain_from)(?:_this|_that|_it)?
    (?:advise|decide\w*|am|are)_against(?:_this|_that|_it)?
    what_(?:i|we)_(?:do_not|don_t|will_not|won_t)_\w+ would_be_wrong(?:_to_do_this)?
    (?:not|won_t|don_t)_do(?:_this|_that|_it|_the_following)?
    pas_necessaire en_aucun_cas renonc\w*(?:_\w+)? deconseill\w* surtout_pas
    ce_qu_il_ne_faut_pas(?:_faire)? faux_de_faire_ceci ne_f\w+_pas(?:_ceci|_cela|_ca)?
    non_serve non_necessario in_nessun_caso rinunci\w*(?:_\w+){0,2} sconsigli\w* meglio_di_no
    quello_che_non_ci_vuole sbagliato_fare_questo non_fa\w+(?:_questo|_cio)?
"""
# A longer text before a colon says something of its own.
_ANNOUNCING_WORDS = 8
# A clause that rejects what stands before it names at most two things itself.
_NAMED_BY_ANAPHOR = 2
_NAMING_LETTERS = 5
# However short, what stands behind an article is named: `the test`, `Das Testen`.
_NAMED_BY_ARTICLE = re.compile(
    r"\b(?i:a|an|the|our|any)\s+[a-z]{3,}|\b(?i:das|dies)\s+(?=[A-ZÄÖÜ])[^\W\d_]{3,}"
)


# `ohne lange zu warten` reaches to its verb, `ohne die Agentur` to its noun, `sans plan de retour`
# to the last of its nouns. So does `statt`; an English one reaches to the end of its clause or to
# who acts instead.
_EXCLUSION = re.compile(
    r"\b(?i:ohne|without)\s+"
    r"(?:[^\n,;.]*?\bzu\b\s*\w*|(?:\w+\s+){0,2}?[A-ZÄÖÜ]\w*|\w+)"
    r"|\b(?i:sans|senza)\s+(?:(?i:aucune?|alcun[ao]?|l[ae]s?|il?|gli|une?|una|uno)\s+)?[\w'’]+"
    r"(?:\s+(?i:de|du|des|di|del|dell[aeo]|dei|degli|ni|n[ée])\s+[\w'’]+|\s+d['’]\w+)*"
    r"|\b(?i:statt|anstatt|anstelle)\s+"
    r"(?:[^\n,;.]*?\bzu\s+\w{3,}n\b|(?:\w+\s+){0,2}?[A-ZÄÖÜ]\w*|\w+)"
    r"|\b(?i:instead\s+of|rather\s+than)\s+[^\n,;.]+?(?=\s+(?:we|I)\b|[\n,;.]|$)"
)


_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")


def _pattern(alternatives: str) -> re.Pattern[str]:
    parts = (part.replace("_", " ") for part in alternatives.split())
    return re.compile(r"\b(?:" + "|".join(parts) + r")\b")


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "negator": _pattern(_NEGATORS),
        "rejection": _pattern(_REJECTIONS),
        "harmless": _pattern(_HARMLESS),
        "subordinate": _pattern(_SUBORDINATE),
        "relative": _pattern(_RELATIVE),
        "contrast": _pattern(_CONTRAST),
        "warning": _pattern(_WARNINGS),
        "anaphor": _pattern(_ANAPHORS),
        "announcement": re.compile(_pattern(_ANNOUNCEMENTS).pattern + "$"),
    }


def polarity(clause: str, *, hangs_on_comma: bool = False) -> Polarity:
    """Return what one clause does with the measure it names; language does not matter.

    Scope is the clause: `nicht warten, sondern das Backup einspielen` has two, and the second
    hangs on a comma.
    """
    said = _said(clause)
    patterns = _patterns()
    plain = patterns["harmless"].sub(" ", said)
    rejection = patterns["rejection"].search(plain)
    if rejection is None and patterns["negator"].search(plain) is None:
        return Polarity.PROPOSED
    is_description = patterns["subordinate"].match(said) or (
        hangs_on_comma and patterns["relative"].match(said)
    )
    if rejection is None and is_description:
        return Polarity.PROPOSED
    named = [
        word
        for word in plain.split()
        if len(word) >= _NAMING_LETTERS
        and not patterns["negator"].fullmatch(word)
        and not patterns["rejection"].fullmatch(word)
    ]
    if _NAMED_BY_ARTICLE.search(clause):
        return Polarity.REJECTED
    if not named or (patterns["anaphor"].search(said) and len(named) <= _NAMED_BY_ANAPHOR):
        return Polarity.REJECTS_PREVIOUS
    return Polarity.REJECTED


def without_exclusions(text: str) -> str:
    """Return the text with what is excluded by `ohne …` blanked; offsets stay.

    What is done without something is still done: only the excluded thing earns nothing.
    """
    return _EXCLUSION.sub(lambda match: " " * len(match.group()), text)


# The sentences of a rubric come back with every answer.
@lru_cache(maxsize=4_096)
def speaks_against(text: str) -> bool:
    """True where a text says that something is not done, harmless turns of phrase included."""
    said = _said(text)
    if _EXCLUSION.search(text):
        return True
    patterns = _patterns()
    return bool(patterns["negator"].search(said) or patterns["rejection"].search(said))


def renounces(text: str) -> bool:
    """True for a text with words that reject by themselves: `verzichte`, `unnötig`."""
    return _patterns()["rejection"].search(_said(text)) is not None


def warns(text: str) -> bool:
    """True for a text that forbids with emphasis, as one warns of a mistake: `auf keinen Fall`."""
    return _patterns()["warning"].search(_said(text)) is not None


def announces_rejection(clause: str) -> bool:
    """True for what says, before a colon, that the rest is not done: `Kein Thema für uns`."""
    said = _said(clause)
    return (
        len(said.split()) <= _ANNOUNCING_WORDS
        and _patterns()["announcement"].search(said) is not None
    )


def is_instead(clause: str) -> bool:
    """True for what is done instead of what was denied before it: `sondern`."""
    return re.search(r"\b(?:sondern|stattdessen|instead|plutot)\b", _said(clause)) is not None


def is_contrast(clause: str) -> bool:
    """True for a clause that turns away from what was said before: `aber`, `stattdessen`."""
    return _patterns()["contrast"].search(_said(clause)) is not None


@lru_cache(maxsize=2_000)
def _said(text: str) -> str:
    # A hyphen makes one word: the `No` of `Parcel-No` denies nothing.
    return " ".join(word.folded for word in words(_HYPHEN.sub("", text)))
