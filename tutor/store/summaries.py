"""What each case in each language has come to, summed up beside the rows."""

NEWEST_MARK = "(SELECT max(id) FROM marks WHERE marks.attempt = attempts.id)"

SUM_UP = f"""
    WITH marked AS (
        SELECT handed_in_at, attempts.id, points, max_points
        FROM attempts LEFT JOIN marks ON marks.id = {NEWEST_MARK}
        WHERE case_id = :case_id AND language = :language
    ),
    last AS (SELECT * FROM marked ORDER BY handed_in_at DESC, id DESC LIMIT 1),
    best AS (
        SELECT * FROM marked WHERE points IS NOT NULL
        ORDER BY points * 1.0 / max_points DESC, handed_in_at DESC LIMIT 1
    )
    INSERT OR REPLACE INTO summaries
    SELECT :case_id, :language, (SELECT count(*) FROM marked), last.handed_in_at,
           last.points, last.max_points, best.points, best.max_points
    FROM last LEFT JOIN best
"""  # noqa: S608 -- only the constants above are put in
