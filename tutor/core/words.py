"""Words of a text, folded so that no way of typing them costs a point.

Swiss ss for ß, `ae`, `a` or `ä`, capital letters, accents and the Unicode form all fold to
the same letters.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

# Numbers keep their inner marks (`2'340`, `1.5`); a hyphen always parts two words.
# A decomposed `u` + diaeresis is one letter to its reader, so combining marks stay in the word.
_WORD = re.compile(r"\d+(?:[.,:'’]\d+)*|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")

# Closed word classes: articles, pronouns, prepositions, conjunctions, auxiliaries, particles.
# Written for this project; they carry grammar, not what a measure is about.
_FUNCTION_WORDS = {
    "de": """ab aber alle allem allen aller alles als also am an andere anderen anderer anderes auch
        auf aus bei beim bereits bin bis bitte bleiben da dabei dadurch dafur dagegen daher damit
        danach dann daran darauf daraus darf darin daruber darum darunter das dass davon davor dazu
        dein dem den denen denn der deren des deshalb dessen deswegen die dies diese diesem diesen
        dieser dieses doch dort du durch durfen ebenfalls eben eigene ein eine einem einen einer
        eines einfach einige einmal er erst es etwa etwas euch fur ganz gar gegen gemass gibt
        gleich gleichzeitig hab habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr
        ihre ihrem ihren ihrer ihres im immer in indem ins inkl ist ja jede jedem jeden jeder jedes
        jetzt kann kein konnen konnte konnten kunftig lassen lasse lasst man mehr mein meine
        meinem meinen meiner mich mir mit mochte muss mussen musste nach nachdem nachher naturlich
        neben nicht nichts noch nun nur ob oder ohne per pro schon sehr sein seine seinem seinen
        seiner seit sich sie sind so sobald sodass sofort sofern solange soll sollen sollte sollten
        somit sondern sonst sowie sowohl statt trotz uber um und uns unser unsere unserem unseren
        unserer unseres unter via viel viele vom von vor vorher wahrend war ware waren warum was
        weil weitere weiter weiterhin welche welchem welchen welcher welches wenn wer werde werden
        wegen wie wieder will wir wird wo wobei wodurch wollen wurde wurden zu zuerst zudem zum
        zur zuruck zusatzlich zwischen""",
    "en": """a about above after again all also am an and any are as at be because been before being
        below between both but by can could did do does doing down during each first for from
        further had has have having he her here his how i if in into is it its itself just let may
        me might more most must my no nor not now of off on once only or other our out over own per
        please shall she should since so some such than that the their them then there these they
        this those through to too under until up upon us via was we were what when where which
        while who whom why will with within would you your""",
    "fr": """a afin alors apres au aucun aussi autre autres aux avant avec avoir c ce cela ces cet
        cette ceux chaque comme d dans de des deja depuis dont du elle elles en encore ensuite
        entre est et etait etre eux faire fait faut il ils j je l la le les leur leurs lors lui m
        ma mais me meme mes moi mon n ne nos notre nous on ont ou par parce pas pendant peut plus
        pour pourquoi puis qu quand que quel quelle quelles quels qui s sa sans se ses si son sont
        soit sous sur t ta tes toi ton tous tout toute toutes tres tu un une vers vos votre vous
        y""",
    "it": """a ad agli ai al alla alle allo anche ancora avere c che chi ci cio come con cosi cui da
        dagli dai dal dalla dalle dallo degli dei del della delle dello deve di dopo dove e ed era
        essere fare fino fra gia gli ha hanno ho i il in io l la le lei li lo loro lui ma mi mia
        mio ne negli nei nel nella nelle nello noi non nostra nostre nostri nostro o ogni per
        perche piu poi prima quale quali quando quanto quella quelle quelli quello questa queste
        questi questo qui se senza si sia siamo sono su sua sugli sui sul sulla sulle sullo suo
        subito ti tra tu tutta tutte tutti tutto un una uno vi""",
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: `text[start:end]`, and its folded letters."""

    start: int
    end: int
    text: str
    folded: str


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Return the letters of a word without case, accents and spelling of umlauts.

    `ae`, `oe` and `ue` lose their e wherever they stand, also in `neue`: both sides of every
    comparison are folded, so only the rare pair that then looks alike could be confused.
    """
    letters = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(c for c in letters if unicodedata.category(c) != "Mn")
    return plain.replace("ae", "a").replace("oe", "o").replace("ue", "u")


@cache
def function_words(language: str) -> frozenset[str]:
    """Return the folded function words of a BCP 47 tag's language, empty for one not served."""
    return frozenset(map(fold, _FUNCTION_WORDS.get(language.split("-")[0].lower(), "").split()))


# Every rule of marking asks for the words of the same few sentences.
@lru_cache(maxsize=2_000)
def words(text: str) -> tuple[Word, ...]:
    """Return the words of a text in order, with their offsets."""
    return tuple(
        Word(match.start(), match.end(), match.group(), fold(match.group()))
        for match in _WORD.finditer(text)
    )
