"""From TOML to who may take part in a workshop: `[workshop]` of edition.toml."""

from __future__ import annotations

from assessment.content.reading import Table
from assessment.content.rules import source_and_reason, standing_of


def read_workshop_roles(main: Table) -> dict[str, tuple[str, ...]]:
    """Role -> the sections that are usually its own, in page order. `main`: edition.toml.

    A role without sections answers all of them. Empty if the edition offers no roles.
    """
    raw = main.take("workshop", dict, {})
    if not raw:
        return {}
    table = Table(raw, main.file, "workshop", main.faults)
    source_and_reason(table, standing_of(table))
    sections = main.words("sections")
    roles = Table(table.need("roles", dict, {}), main.file, "workshop.roles", main.faults)
    found = {role: _sections(roles, role, sections) for role in roles.data}
    table.close()
    return found


def _sections(roles: Table, role: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Those of one role; without any, all."""
    named = roles.words(role)
    for section in named:
        if section not in known:
            what = f"the role `{role}` has the section `{section}`."
            roles.note("unknown-value", what, f"Use some of {', '.join(known)}.")
    return tuple(s for s in known if s in named) if named else known
