"""Ways of changing a sentence whose effect on its labels is known.

Slips of the keyboard, other spellings and emphasis leave the meaning alone; a negation or a bare
list of keywords takes the proposal out of it. Sentences are changed by small templates, so that
the network learns what the templates have in common with real ones and not the templates alone:
the emphatic ones use the same words of negation.
"""

import re
from collections.abc import Callable
from random import Random

_NEGATIONS = {
    "de": (
        "Nicht nötig: {}", "Auf keinen Fall: {}", "Darauf verzichte ich bewusst: {}",
        "{} Das bringt nichts.", "{} Das lasse ich bleiben.", "{} Nein, das ist unnötig.",
        "Ich würde davon abraten: {}", "Was es nicht braucht: {}", "Keinesfalls: {}",
        "{} Halte ich für übertrieben, mache ich nicht.", "Lieber nicht: {}",
        "Viele würden jetzt sagen: {} Ich nicht.", "Vorläufig sicher nicht: {}",
        "{} Unterlassen.", "Falsch wäre: {}", "Niemals {}", "{} Brucht's nöd.",
        "Kein Thema für uns: {}",
    ),
    "en": (
        "Not needed: {}", "Under no circumstances: {}", "I deliberately skip this: {}",
        "{} That is pointless.", "{} I would not do that.", "{} No, that is unnecessary.",
        "I advise against this: {}", "What we do not need: {}", "Better not: {}",
        "Others might say: {} Not me.", "It would be wrong to do this: {}", "Never {}",
    ),
    "fr": (
        "Pas nécessaire: {}", "En aucun cas: {}", "J'y renonce volontairement: {}",
        "{} Cela ne sert à rien.", "{} Je ne le fais pas.", "{} Non, c'est inutile.",
        "Je le déconseille: {}", "Ce qu'il ne faut pas: {}", "Surtout pas: {}",
        "D'autres diraient: {} Pas moi.", "Il serait faux de faire ceci: {}",
    ),
    "it": (
        "Non serve: {}", "In nessun caso: {}", "Ci rinuncio di proposito: {}",
        "{} Non porta a niente.", "{} Questo non lo faccio.", "{} No, è inutile.",
        "Lo sconsiglio: {}", "Quello che non ci vuole: {}", "Meglio di no: {}",
        "Altri direbbero: {} Io no.", "Sarebbe sbagliato fare questo: {}",
    ),
}  # fmt: skip
_EMPHASES = {
    "de": (
        "Unbedingt: {}", "Nicht warten, sondern sofort: {}", "Nicht vergessen: {}",
        "{} Das darf nicht fehlen.", "{} Ohne das geht nichts.", "Als Erstes: {}", "Dann: {}",
        "{} Kein grosser Aufwand.", "Ohne zu zögern: {}", "Ich würde folgendes machen: {}",
        "Keine Zeit verlieren: {}", "{} Das ist nicht verhandelbar.", "Mein Vorschlag: {}",
    ),
    "en": (
        "Definitely: {}", "No waiting, right away: {}", "Do not forget: {}", "First: {}",
        "{} This must not be missing.", "{} Nothing works without it.", "Then: {}",
        "{} No great effort.", "I would do this: {}",
    ),
    "fr": (
        "Absolument: {}", "Ne pas attendre: {}", "Ne pas oublier: {}", "D'abord: {}",
        "{} Il ne faut pas l'oublier.", "{} Sans cela, rien ne marche.", "Ensuite: {}",
        "Je ferais ceci: {}",
    ),
    "it": (
        "Assolutamente: {}", "Non aspettare: {}", "Da non dimenticare: {}", "Per prima cosa: {}",
        "{} Non deve mancare.", "{} Senza questo non va niente.", "Poi: {}", "Io farei così: {}",
    ),
}  # fmt: skip
_ARTICLES = {
    "de": ((r"\b([Ee])in(e[nmrs]?)?\b", r"k\1in\2"), (r"\b(sofort|umgehend|rasch)\b", "nicht")),
    "en": ((r"\b(a|an)\b", "no"), (r"\b(immediately|at once)\b", "not")),
    "fr": ((r"\b(un|une)\b", "aucun"), (r"\b(immédiatement|tout de suite)\b", "surtout pas")),
    "it": ((r"\b(un|una)\b", "nessun"), (r"\b(subito|immediatamente)\b", "non")),
}
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_BARE = str.maketrans("äöüéèêàâçîôûùìò", "aoueeeaaciouuio")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_CONTENT_WORD = 5


def negated(text: str, language: str, chance: Random) -> str:
    """Return a sentence that speaks against what the text proposes."""
    if language == "de" and chance.random() < 0.35:
        changed = _with_not(text)
        if changed != text:
            return changed
    if chance.random() < 0.3:
        pattern, other = chance.choice(_ARTICLES[language])
        changed = re.sub(pattern, other, text, count=1)
        if changed != text:
            return changed
    return _in_template(text, chance.choice(_NEGATIONS[language]))


def emphasised(text: str, language: str, chance: Random) -> str:
    """Return a sentence that proposes the same, though words of negation may occur."""
    return _in_template(text, chance.choice(_EMPHASES[language]))


def keywords(text: str, language: str, chance: Random) -> str:
    """Return the longer nouns or words of the text as a bare list."""
    found = [word for word in re.findall(r"[\w-]+", text) if len(word) >= _CONTENT_WORD]
    if language == "de":
        found = [word for word in found[1:] if word[0].isupper()]
    chance.shuffle(found)
    return ", ".join(found)


def respelled(text: str, chance: Random) -> str:
    """Return the text as someone in a hurry types it."""
    changes: list[Callable[[str], str]] = [
        lambda t: _slips(t, chance),
        lambda t: t.translate(_UMLAUTS),
        lambda t: t.translate(_BARE),
        str.lower,
        lambda t: re.sub(r"[.,;:!«»\"]", "", t),
        lambda t: _slips(t.lower(), chance),
        lambda t: t.replace("ss", "ß"),
    ]
    return chance.choice(changes)(text)


def _slips(text: str, chance: Random) -> str:
    letters = list(text)
    for _ in range(max(1, len(letters) // 25)):
        place = chance.randrange(len(letters) or 1)
        if place + 1 >= len(letters) or not letters[place].isalpha():
            continue
        kind = chance.randrange(4)
        if kind == 0:
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
        elif kind == 1:
            letters[place] = ""
        elif kind == 2:
            letters[place] *= 2
        else:
            letters[place] = chance.choice(_LETTERS)
    return "".join(letters)


def _with_not(text: str) -> str:
    """Put a German `nicht` before the last word, where infinitives and split verbs stand."""
    return re.sub(r"\s(\w+)([.!]?)$", r" nicht \1\2", text, count=1)


def _in_template(text: str, template: str) -> str:
    if not template.startswith("{}"):
        return template.format(text)
    ended = text if text[-1:] in ".!?" else text + "."
    return template.format(ended)
