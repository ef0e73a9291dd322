"""Statements, and keywords that state nothing.

`Backup einspielen` says what is done, `Backup` does not. Marked are lists of bare keywords;
short notes with a verb, a preposition or a particle (`Artikel überall offline`) are statements.
"""

import re
from functools import cache

from tutor.core.words import Word, fold, function_words, words

_SEPARATOR = re.compile(r"[,;|\n•·+&>]|\s[-–—/]\s|\b(?:und|sowie|and|et|e)\b", re.IGNORECASE)
_LABEL = re.compile(r"\W*\w[^:,;/]{2,30}:\s")
_LIST = 3
# Nouns that end like verbs.
_NOUN_END = re.compile(
    r"(?:ungen|heiten|keiten|tionen|schaften|daten|kosten|kunden|medien|waren|seiten|listen|karten)$"
)
_VERB_END = {
    "de": re.compile(r"(?:[bdfghklmnprstvwxz]en|[el]rn|eln|iert|ieren)$"),
    "fr": re.compile(r"(?:er|ir|re|ons|ez)$"),
    "it": re.compile(r"(?:are|ere|ire|iamo|arre|urre|orre)$"),
}
# English verbs look like nouns; these are the ones with which measures begin.
_ENGLISH_VERBS = """
    add agree alert allow announce answer apply appoint arrange ask assess assign bring build
    buy call cancel change check clean close collect communicate compare complete confirm
    contact correct count create cut decide define deploy design develop disable document draw
    email enter explain export file find fix form freeze get give go halt hand help hire hold
    identify improve inform install introduce investigate involve isolate keep launch let list
    log mail maintain make measure meet migrate monitor move notify offer open order organise
    organize pause phone place plan post prepare prevent process produce protect provide
    publish pull put reconcile record recover redirect remove repair replace report request
    reset resend restart restore return review roll rollback run save schedule secure sell
    send set share ship shut sign split start stop store suspend switch take talk tell test
    track train transfer turn update use verify warn watch write
"""


def is_bare(item: str, language: str) -> bool:
    """True for a word or two that name a thing and say nothing about it."""
    found = [word for word in words(item) if not word.text.isdigit()]
    if not found:
        return True
    if len(found) > _LIST:
        return False
    language = language.split("-")[0].lower()
    return not any(
        word.folded in function_words(language) or _is_verb(word, place, found, language)
        for place, word in enumerate(found)
    )


def is_keyword_list(text: str, language: str) -> bool:
    """True for three or more bare keywords in a row and hardly anything else."""
    items = [item for item in _SEPARATOR.split(text) if words(item)]
    if len(items) == 1:
        items = text.split()
        if not all(item[:1].isupper() for item in items):
            return False
    bare = sum(is_bare(item, language) for item in items)
    return len(items) >= _LIST and bare >= 0.8 * len(items)


def has_label(text: str) -> bool:
    """True for an entry such as `Danach: Offsite-Backup, Notfallhandbuch`."""
    return _LABEL.match(text) is not None


@cache
def _english_verbs() -> frozenset[str]:
    return frozenset(map(fold, _ENGLISH_VERBS.split()))


def _is_verb(word: Word, place: int, found: list[Word], language: str) -> bool:
    if language == "en":
        return word.folded in _english_verbs() and (len(found) > 1 or word.text[0].islower())
    if language == "de":
        if place and place == len(found) - 1 and found[0].text[0].isupper():
            # A particle or an adverb at the end says something of the thing: `Zyklus monatlich`.
            return word.text[0].islower()
        if word.text[0].isupper() and place > 0:
            return False
        is_adjective = place + 1 < len(found) and re.search(r"e[rsnm]?$", word.folded)
        if word.text[0].isupper() or is_adjective:
            return False
        return not _NOUN_END.search(word.folded) and bool(_VERB_END["de"].search(word.folded))
    pattern = _VERB_END.get(language)
    return pattern is not None and bool(pattern.search(word.folded)) and place == 0
