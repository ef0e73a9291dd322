"""Whatever is typed is marked, within the contract, in every language of the case."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.scoring.shared import mark, steps_answer, text_answer
from tests.scoring.test_mark import assert_holds

# Words that steer the rules of splitting, negation and reasons, among letters that mean nothing;
# U+FF9E is a letter that folds to nothing.
STEERING = st.sampled_from(
    ["ohne", "without", "statt", "instead of", "nicht", "no", "weil", "Grund:", "damit", "that"]
)
MARKS = st.sampled_from([",", ".", ";", ":", "-", "(", "\n", "\uff9e", "\xa0", "\u200b", "\u0301"])
LETTERS = st.text(st.characters(categories=["L", "M", "N", "P", "Z"]), max_size=8)
LATIN = st.text("abcdefghijklmnopqrstuvwxyzäöüéABZ", max_size=9)
TEXTS = st.lists(STEERING | MARKS | LETTERS | LATIN, max_size=14).map(" ".join)
LANGUAGES = st.sampled_from(["de", "en"])
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@MANY
@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4), LANGUAGES)
def test_letters_at_random_in_steps_are_marked(steps: list[tuple[str, str]], language: str) -> None:
    answer = steps_answer(*steps, language=language)

    assert_holds(answer, mark(answer))


@MANY
@given(TEXTS, LANGUAGES)
def test_letters_at_random_in_a_free_text_are_marked(text: str, language: str) -> None:
    answer = text_answer(text, language)

    assert_holds(answer, mark(answer))
