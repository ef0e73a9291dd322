"""Good didactics: what a check warns of in a case and its rubric that could be used as they are.

Each rule is explained in docs/check-rules.md, with the way to silence it. What takes a text
model is in `likeness`.
"""

import re
from collections.abc import Iterable

from tutor.content.document import Document
from tutor.content.reading import Reading, joined, quoted
from tutor.core.case import Case
from tutor.core.problem import Problem, Severity
from tutor.core.rubric import Measure, Rubric, Sample
from tutor.core.silence import LintRule, Silence
from tutor.locales import _
from tutor.scoring.copied import COPIED_SHARE, CaseWords
from tutor.scoring.sentences import sentence_spans

# Read in a minute or two out of seven, and enough to act on.
SENTENCES = range(5, 11)

# What a possessive must stand before to say where the candidate works: `from your newsletter
# provider` does not.
_OWN = {
    "de": r"\w*(?:firma|unternehmen|betrieb|geschäft|händler|shop|handel|team|abteilung|chef"
    r"|arbeitgeber|arbeit|rolle|funktion|aufgabe|stelle|leitung)(?:in|e?[ns])?(?![-\w])",
    "en": r"(?:company|firm|business|employer|boss|manager|shop|store|team|department"
    r"|organi[sz]ation|role|job|position|task|responsibility)(?![-\w])",
    "fr": r"(?:entreprise|société|maison|commerce|boutique|magasin|équipe|employeu[rs]e?"
    r"|cheffe?|supérieure?|rôle|fonction|tâche|poste|mission|travail)(?![-\w])",
    "it": r"(?:azienda|ditta|impresa|società|negozio|squadra|team|reparto|datore|datrice|capo"
    r"|superiore|ruolo|funzione|compito|posto|lavoro|mansione)(?![-\w])",
}
# What a candidate can be, in Italian: there the verb says neither `you` nor `she`.
_ITALIAN_JOB = (
    r"(?:\w+ )?(?:specialist|responsabil|direttor|direttric|capo|dirigent|titolar|gerent|manager"
    r"|incaricat|impiegat|consulent|collaborat|addett|project|e-commerce)"
)
# By language: how the first sentence speaks to the candidate, how a task asks for an order, and
# for reasons. A language that is missing here is not judged.
#
# Capitals tell the candidate from a customer, `Sie` from `sie` and `Lei` from `lei`; where a
# singular verb follows, `Sie` is she.
_ROLE = {
    "de": r"\b(?:Sie\b(?! (?:hat|ist|war|hatte|wird|wurde|will|kann|muss|soll)\b)|Ihnen\b"
    rf"|Ihre?[mnrs]? (?:\w+ )?(?i:{_OWN['de']})"
    r"|(?i:du|dich|dir|euch|seid ihr|ihr seid)\b"
    rf"|(?i:(?:dein|euer|eur)(?:e[mnrs]?)?) (?:\w+ )?(?i:{_OWN['de']}))",
    "en": rf"(?i:\byou\b|\byour (?:own )?(?:[\w-]+ )?{_OWN['en']})",
    "fr": rf"(?i:(?<!rendez-)\bvous\b|\btu\b|\b(?:votre|vos|ton|ta) (?:\w+ )?{_OWN['fr']})",
    "it": r"\b(?:Lei|[Vv]oi|[Tt]u)\b|(?<=\w )Le\b"
    r"|\b(?i:siete|avete|lavorate|dirigete|gestite)\b"
    rf"|\b(?:Su[ao]|Suoi|Sue|(?i:vostr[aeio]|tu[ao])) (?:\w+ )?(?i:{_OWN['it']})"
    r"|^\W*(?:Lavora|Lavori|Gestisce|Gestisci|Dirige|Dirigi|Guida|Conduce)\b"
    rf"|^\W*(?:È|E'|E’|(?i:sei)) (?:il |la |l['’]|un['’]|un[ao]? )?(?i:{_ITALIAN_JOB})"
    rf"|^\W*(?:Come|Quale|In qualità di|In veste di) (?i:{_ITALIAN_JOB})",
}
# An order is a purchase, too: what asks for a sequence is a phrase, not the word.
_ORDER = {
    "de": r"(?i:reihenfolge|der reihe nach|schritt für schritt|prioritä|prioris|nacheinander"
    r"|nach (?:dringlichkeit|wichtigkeit)|(?:zeitlich|sinnvoll|logisch)\w* (?:ablauf|abfolge))",
    "en": r"(?i:\bin (?:which|what) order\b"
    r"|\bin(?:to)? (?:an?|the|their|its|your) (?:\w+ (?:and|or) )?(?:sensible|logical|meaningful"
    r"|reasonable|right|correct|proper|best|good|useful|suitable|appropriate|practical|clear"
    r"|chronological|convincing|plausible) order\b"
    r"|\b(?:sensible|logical|meaningful|reasonable|chronological) order\b"
    r"|\bin the order (?:in which|that|of|you(?: would| will)? (?:take|do|carry|act))\b"
    r"|\b(?:in|by) order of\b|\border of (?:your |the )?(?:measures|steps|actions|priority)\b"
    r"|\border (?:your|the|these|all|all your) (?:measures|steps|actions|tasks|answers|ideas)\b"
    r"|\bprioriti|\b(?:by|of|in|to) (?:\w+ )?priority\b"
    r"(?! (?:mail|post|parcel|shipping|delivery|customer|order)s?\b)"
    r"|\bsequence|\bstep[ -]by[ -]step\b)",
    "fr": r"(?i:\b(?:dans|par|selon|suivant) (?:quel |un |le |leur |cet |l['’])?(?:bon )?ordre\b"
    r"(?! (?:d['’](?:achat|expédition)|de (?:commande|paiement|virement)|client|du jour)\b)"
    r"|\bordre (?:judicieux|logique|sensé|chronologique|pertinent|cohérent|approprié|adéquat"
    r"|raisonnable|utile|correct|de priorité|d['’](?:importance|urgence))\b"
    r"|\bétapes|\bpriorité|\bprioris|\bhiérarchis|\bséquence|\bpas à pas\b)",
    "it": r"(?i:\b(?:(?:in|secondo|per) (?:un |quale |che )?|nell['’])ordine\b"
    r"(?! (?:a|al|d['’]acquisto|di acquisto|cliente|del cliente|dei clienti)\b)"
    r"|\bordine (?:sensato|logico|cronologico|giusto|corretto|ragionevole|appropriato|opportuno"
    r"|adeguato|coerente|di priorità|d['’]importanza|di importanza|d['’]urgenza|di urgenza)\b"
    r"|\bordin[aei]t?e? (?:le|i|gli) (?:\w+ )?(?:misure|passi|azioni)\b"
    r"|priorità|priorizz|prioritizz|\bsequenza|\bpass[oi] (?:dopo|per) passo\b|\bpasso a passo\b)",
}
_REASONS = {
    "de": r"(?i:begründ|\bgr[uü]nde?\b|warum|weshalb|wieso)",
    "en": r"(?i:reason|justif|\bwhy\b|explain)",
    "fr": r"(?i:justifi|motiv|raison|pourquoi)",
    "it": r"(?i:motiv|giustific|ragion|perché)",
}


def lint(case: Document[Case], rubric: Document[Rubric]) -> tuple[Problem, ...]:
    """Return what to think about in a case and its rubric, both of which have no errors."""
    in_case, in_rubric = case.reading(), rubric.reading()
    _lint_situation(case.draft, in_case)
    _lint_task(case.draft, in_case)
    _lint_spoilers(case.draft, rubric.draft, in_case)
    _lint_samples(rubric.draft, in_rubric)
    return (*in_case.problems, *in_rubric.problems)


def unsilenced(
    problems: Iterable[Problem], documents: Iterable[Document[Case] | Document[Rubric]]
) -> tuple[Problem, ...]:
    """Return the problems without the warnings that the authors of these files answer for."""
    silences: dict[str, tuple[Silence, ...]] = {
        document.reading().path: document.draft.silences for document in documents
    }
    return tuple(
        problem
        for problem in problems
        if problem.severity is Severity.ERROR
        or not any(
            silence.covers(problem.rule, problem.key) for silence in silences.get(problem.path, ())
        )
    )


def warn(rule: LintRule, key: str, what: str, why: str, advice: str, reading: Reading) -> None:
    """Report a warning of one of these rules."""
    reading.report(rule.value, key, what, why, advice, severity=Severity.WARNING)


def _says(text: str, patterns: dict[str, str], language: str) -> bool:
    """True where a text fits the pattern of its language, or there is none."""
    pattern = patterns.get(language.partition("-")[0])
    return pattern is None or re.search(pattern, " ".join(text.split())) is not None


def _lint_situation(case: Case, reading: Reading) -> None:
    spans = sentence_spans(case.situation)
    if len(spans) not in SENTENCES:
        warn(
            LintRule.SITUATION_LENGTH,
            "situation",
            _("the situation has {count} sentences").format(count=len(spans)),
            _("{low} to {high} can be read in a minute or two and say enough to act on").format(
                low=SENTENCES[0], high=SENTENCES[-1]
            ),
            _("shorten it") if len(spans) > SENTENCES[-1] else _("tell more"),
            reading,
        )
    first = case.situation[slice(*spans[0])] if spans else ""
    if not _says(first, _ROLE, case.language):
        warn(
            LintRule.ROLE_FIRST,
            "situation",
            _("the first sentence does not say who the candidate is"),
            _("what can be done depends on who does it"),
            _("start with «You are …»"),
            reading,
        )
    if case.competence_area is None:
        warn(
            LintRule.NO_AREA,
            "competence_area",
            _("the competence area is missing"),
            _("results by area leave the case out"),
            _("add one from A to G"),
            reading,
        )


def _lint_task(case: Case, reading: Reading) -> None:
    if not _says(case.task, _ORDER, case.language):
        warn(
            LintRule.TASK_ORDER,
            "task",
            _("the task does not ask for an order"),
            _("the order is marked"),
            _("ask for a sensible order"),
            reading,
        )
    if not _says(case.task, _REASONS, case.language):
        warn(
            LintRule.TASK_REASONS,
            "task",
            _("the task does not ask for reasons"),
            _("reasons are marked"),
            _("ask for a reason for each measure"),
            reading,
        )


def _lint_spoilers(case: Case, rubric: Rubric, reading: Reading) -> None:
    """Warn where the case says a measure in the rubric's own words."""
    for key, text in _texts(case):
        said = CaseWords((text,))
        for measure in rubric.measures:
            for sentence in (measure.text, *measure.paraphrases):
                if said.copied_share(sentence) >= COPIED_SHARE:
                    warn(
                        LintRule.SPOILER,
                        key,
                        _("the text says the measure {measure}").format(measure=quoted(measure.id)),
                        _("in the words {words}").format(words=quoted(sentence)),
                        _("leave it to the candidate to think of it"),
                        reading,
                    )
                    break


def _texts(case: Case) -> Iterable[tuple[str, str]]:
    """Yield every text of a case with its key path."""
    yield from (("title", case.title), ("situation", case.situation), ("task", case.task))
    for question in case.key_questions:
        yield f"key_questions.{question.id}.text", question.text
    for inject in case.injects:
        yield f"injects.{inject.id}.text", inject.text
        yield f"injects.{inject.id}.hint", inject.hint
    for number, entry in enumerate(case.roles, start=1):
        yield f"roles.{number}.hint", entry.hint


def _lint_samples(rubric: Rubric, reading: Reading) -> None:
    for measure in rubric.measures:
        if not any(_earns(sample, measure) for sample in rubric.samples):
            warn(
                LintRule.NO_SAMPLE,
                joined("measures", measure.id),
                _("no sample earns the measure"),
                _("nothing shows that an answer can"),
                _("add it to the steps of a sample, and to its `expect`"),
                reading,
            )
    if not any(_best_rating(sample) == 1 for sample in rubric.samples):
        warn(
            LintRule.NO_WEAK_SAMPLE,
            "samples",
            _("there is no weak sample"),
            _("nothing shows that a beginning earns little"),
            _("add one that expects a rating of at most 1"),
            reading,
        )
    if not any(_is_hostile(sample) for sample in rubric.samples):
        warn(
            LintRule.NO_HOSTILE_SAMPLE,
            "samples",
            _("there is no hostile sample"),
            _("nothing shows that keywords, denials or copied sentences earn nothing"),
            _("add one that expects 0 throughout"),
            reading,
        )


def _earns(sample: Sample, measure: Measure) -> bool:
    return sample.expect.get(measure.id, (0, 0))[0] > 0


def _best_rating(sample: Sample) -> int | None:
    return max((high for _low, high in sample.expect_rating.values()), default=None)


def _is_hostile(sample: Sample) -> bool:
    earned = any(high > 0 for _low, high in sample.expect.values())
    return bool(sample.expect) and not earned and _best_rating(sample) in (0, None)
