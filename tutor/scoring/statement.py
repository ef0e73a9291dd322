"""Statements, and keywords that state nothing.

`Backup einspielen` says what is done, `Backup` does not. Marked are lists of bare keywords;
short notes with a verb, a preposition or a particle (`Artikel überall offline`) are statements.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from tutor.core.words import Word, fold, function_words, words

_SEPARATOR = re.compile(r"[,;|\n•·+&>]|\s[-–—/]\s|\b(?:und|sowie|and|et|e)\b", re.IGNORECASE)
_LABEL = re.compile(r"\W*\w[^:,;/]{2,30}:\s")
_LIST = 3
_SAYING_LETTERS = 4
_SAYING_WORDS = 2
# Nouns that end like verbs.
_NOUN_END = {
    "de": re.compile(
        r"(?:ungen|heiten|keiten|tionen|schaften|daten|kosten|kunden|medien|waren|seiten|listen"
        r"|karten)$"
    ),
    "fr": re.compile(
        r"(?:[tn]ure|ntre|[aeu]dre|itre|iffre|lettre|ombre|(?<!f)aire|affaire|oire|livre|[ts]ions"
        r"|isons|bons|(?:dos{2}|cour{2}|pap|chant|atel|met|calendr|quart|cah|fich|pan)ier|loyer)$"
    ),
    "it": re.compile(r"(?:cellulare|formulare|cantiere|corriere|quartiere|potere|mestiere)$"),
}
_VERB_END = {
    "de": re.compile(r"(?:[bdfghklmnprstvwxz]en|[el]rn|eln|iert|ieren)$"),
    "fr": re.compile(r"(?:er|ir|re|ons|ez)$"),
    "it": re.compile(r"(?:are|ere|ire|iamo|arre|urre|orre)$"),
}
# English verbs look like nouns; these are the ones with which measures begin and which seldom
# stand before a noun, as `test` does in `test environment`.
_ENGLISH_VERBS = """
    add agree alert allow announce answer apply appoint arrange ask assess assign bring build
    buy call cancel check clean close collect communicate compare complete confirm contact
    correct count create cut decide define deploy develop disable draw enter explain export
    find freeze get give go halt hand hire hold identify improve inform install introduce
    investigate involve isolate keep launch let maintain make measure meet migrate monitor
    move notify offer open organise organize pause plan prepare prevent produce protect provide
    publish pull put reconcile recover redirect remove repair replace request reset resend
    restart restore return roll rollback run save schedule secure sell send set share ship
    shut sign split start stop suspend switch take talk tell track train transfer turn update
    use verify warn watch write
"""

# What joins two nouns: `cellule de crise` says no more than `Krisenstab`.
_NOUN_LINKS = {
    "fr": frozenset({"d", "de", "des", "du"}),
    "it": frozenset({"d", "degli", "dei", "del", "dell", "della", "delle", "dello", "di"}),
}
# Nouns of what is done: `rappel des colis` is a measure in the words of a note.
_DOING_NOUN = {
    "fr": re.compile(
        r"(?:[ts]ion|ment|age|arret|appel|audit|avis|blocage|controle|creation|envoi|essai|mise"
        r"|recherche|remise|reprise|suivi|test|vente)s?$"
    ),
    "it": re.compile(
        r"(?:[sz]ion[ei]|ment[oi]|annuncio|arresto|avviso|blocco|collaudo|controllo|invio|messa"
        r"|prova|richiamo|ricerca|ripresa|ripristino|test|verifica)$"
    ),
}
# What begins a phrase with a noun, and no clause that says what is done.
_OPENS_NOUN = {
    "fr": re.compile(
        r"au?|aux|avec|ce|ces|cette|d|dans|de|des|du|en|entre|la?|les?|leurs?|nos|notre|par|pour|sa"
        r"|sans|ses|son|sous|sur|tous|tout|toutes?|une?|vos|votre"
    ),
    "it": re.compile(
        r"a|ag?li|ai|al|all[aeo]?|con|d|da|dag?li|dai|dal|dall[aeo]|deg?li|dei|del|dell[aeo]?|di|fra"
        r"|gli|il?|in|l|l[aeo]|neg?li|nei|nel|nell[aeo]|nostr[aio]|per|senza|su|sug?li|sui|sul"
        r"|sull[aeo]|tra|tutt[aeio]|un|un[ao]"
    ),
}

# What stands before a noun or a gerund, and never before what is done: `after the restart`.
_BEFORE_NOUNS = """
    a an the our my your their its his her this that these those each every any all no
    after before during until since for of in on at from by with without
"""
# `nach dem nächsten Neustart` does nothing with the restart, and `keine Bestellungen` names one.
_GERMAN_ARTICLE = re.compile(
    r"\b(?:(?i:kein)(?:e[mnrs]?)?\b|(?i:de[rmns]|die|das|eine?[mnrs]?|nach|vor|bei|beim|im|am|zum|zur"
    r"|von|vom|mit|für|(?:unser|ihr|sein|dies|jed|all)e?[mnrs]?)\s+[a-zäöü]{2,}e[mnrs]?"
    r"(?=\s+[A-ZÄÖÜ]))"
)


def is_bare(item: str, language: str) -> bool:
    """True for a word or two that name a thing and say nothing about it."""
    found = [word for word in words(item) if not word.text.isdigit()]
    if not found:
        return True
    if len(found) > _LIST:
        return False
    language = language.split("-")[0].lower()
    says = function_words(language)
    if (doing := _DOING_NOUN.get(language)) and not doing.search(found[0].folded):
        says -= _NOUN_LINKS[language]
    return not any(
        word.folded in says or _is_verb(word, place, found, language)
        for place, word in enumerate(found)
    )


def is_keyword_list(text: str, language: str) -> bool:
    """True for three or more bare keywords in a row and hardly anything else."""
    items = [item for item in _SEPARATOR.split(text) if words(item)]
    if items and _opens_with_verb(items[0], language):
        # `Plan architecture, database and interfaces`: what follows are the objects of the verb.
        return False
    if len(items) == 1:
        items = text.split()
        if not all(item[:1].isupper() for item in items):
            return False
    bare = sum(is_bare(item, language) for item in items)
    return len(items) >= _LIST and bare >= 0.8 * len(items)


def says_something(part: str, language: str) -> bool:
    """True for a part of a sentence that has its own word to say what is done."""
    language = language.split("-")[0].lower()
    said = [word for word in words(part) if word.folded not in function_words(language)]
    if language == "en":
        return any(
            _is_english_verb(word.folded) and not _is_noun_behind(before, word)
            for before, word in pairwise([None, *words(part)])
            if word is not None
        )
    if language == "de":
        # Nouns are written with a capital letter; what is left are verbs and their company.
        part = _GERMAN_ARTICLE.sub(" ", part)
        return any(
            len(word.text) >= _SAYING_LETTERS
            and word.text[0].islower()
            and word.folded not in function_words(language)
            for word in words(part)
        )
    if sum(len(word.text) >= _SAYING_LETTERS for word in said) < _SAYING_WORDS:
        return False
    opens_noun = _OPENS_NOUN.get(language)
    return (
        opens_noun is None
        or not opens_noun.fullmatch(words(part)[0].folded)
        or any(_ends_like_verb(word, language) for word in said)
    )


def _is_noun_behind(before: Word | None, word: Word) -> bool:
    """True for a verb's letters that are a noun: `the restart`, `after restart`, `backup plan`."""
    if before is None or not before.folded.isalpha():
        return False
    if before.folded in _BEFORE_NOUNS.split():
        return True
    is_content = before.folded not in function_words("en")
    return (
        is_content and word.folded in _english_verbs() and not before.folded.endswith(("s", "ly"))
    )


def _opens_with_verb(item: str, language: str) -> bool:
    """True where the first of two or three words is a verb, as it is outside German notes."""
    found = words(item)
    language = language.split("-")[0].lower()
    return language != "de" and len(found) > 1 and _is_verb(found[0], 0, found, language)


def _is_english_verb(word: str) -> bool:
    return any(
        word[: len(word) - len(end)] + stem in _english_verbs()
        for end in ("", "s", "ing", "ed")
        for stem in ("", "e")
        if word.endswith(end)
    )


def has_label(text: str) -> bool:
    """True for an entry such as `Danach: Offsite-Backup, Notfallhandbuch`."""
    return _LABEL.match(text) is not None


@cache
def _english_verbs() -> frozenset[str]:
    return frozenset(map(fold, _ENGLISH_VERBS.split()))


def _is_verb(word: Word, place: int, found: Sequence[Word], language: str) -> bool:
    if language == "en":
        return place == 0 and len(found) > 1 and word.folded in _english_verbs()
    if language == "de":
        if place and place == len(found) - 1 and found[0].text[0].isupper():
            # A particle or an adverb at the end says something of the thing: `Zyklus monatlich`.
            return word.text[0].islower()
        if word.text[0].isupper() and place > 0:
            return False
        is_adjective = place + 1 < len(found) and re.search(r"e[rsnm]?$", word.folded)
        if word.text[0].isupper() or is_adjective:
            return False
        return _ends_like_verb(word, language)
    return place == 0 and _ends_like_verb(word, language)


def _ends_like_verb(word: Word, language: str) -> bool:
    pattern = _VERB_END.get(language)
    return (
        pattern is not None
        and bool(pattern.search(word.folded))
        and not _NOUN_END[language].search(word.folded)
    )
