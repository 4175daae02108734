"""`quoth agents`: who is who."""

from __future__ import annotations

import click

from quoth.present import terminal
from quoth.present.shell import opened_case, takes_case, takes_format
from quoth.present.words import count


@click.command(short_help="Show who is who, under which names, and why.")
@takes_case
@click.argument("name", required=False)
@takes_format
@click.pass_context
def agents(context: click.Context, name: str | None, format: str) -> None:
    """Show who is who across the case: each agent under all its names, and why a name is taken for that agent.

    NAME is any name of an agent, or the beginning of its id; with it, the articles' own words are shown as well.

    \b
      quoth agents
      quoth agents Lukashenko
      quoth review apart "Ana Dorn" "A. Dorn"
      quoth review same "Coast Watch" "the watch"

    agents.toml beside the case (or --agents FILE) declares agents of your own; only `name` is needed:

    \b
      [[agent]]
      name = "Alexander Lukashenko"
      aliases = ["Lukashenka", "the Belarusian leader"]
      kind = "person"
      country = "BY"
      side = "Minsk"
    """
    from quoth.present.flat import entity_rows
    from quoth.present.wire import entity_line

    with opened_case(context) as case:
        found = [case.entity(name)] if name else list(case.entities())
        if format != "table":
            terminal.print_lines(map(entity_line, found), format, entity_rows)
            return
        from quoth.present.people import entities_table, wordings_table

        terminal.show(entities_table(found))
        if name:
            words = wordings_table(found[0], {s.id: s for s in case.statements()})
            if words.row_count:
                terminal.show("", words)
        else:
            merged = sum(len(entity.aliases) > 1 for entity in found)
            terminal.note(f"{count(len(found), 'agent')}, {merged} of them under several names")
