"""From completeness, order, justification and pitfalls to a rating of 0 to 3."""

# The rule is our own reading of the scale of 0 to 3: see docs/how-marking-works.md. It never
# falls when a sub-score rises, and never rises with a pitfall.
_JUSTIFICATION_SHARE = 0.4
_ORDER_SHARE = 0.7
_PITFALL = 0.15
_STEPS = (0.15, 0.32, 0.62)


def quality(completeness: float, order: float | None, justification: float, pitfalls: int) -> float:
    """Return the quality of a procedure, 0 to 1.

    Completeness counts in full only where every measure is justified and in order.
    """
    # With one measure or none there is no order to be wrong.
    order = 1.0 if order is None else order
    reasoned = 1 - _JUSTIFICATION_SHARE * (1 - justification)
    ordered = 1 - _ORDER_SHARE * (1 - order)
    return max(round(completeness * reasoned * ordered - _PITFALL * pitfalls, 4), 0.0)


def rating_of(completeness: float, order: float | None, justification: float, pitfalls: int) -> int:
    """Return the rating, 0 to 3; each value of the scale begins at a step of the quality."""
    reached = quality(completeness, order, justification, pitfalls)
    return sum(reached >= step for step in _STEPS)
