"""What a case gives, made fit to read: terminal tables, JSON lines, CSV, the brief and the timeline.

    from quoth.present.gather import brief_view, case_timeline
    from quoth.present.brief import brief_html

    with quoth.open("case.db") as case:
        page = brief_html(brief_view(case), case_timeline(case))

`view` holds the shapes, `layout` builds them, `templates/` prints them; `wire` is the contract with other tools.
"""
