"""What the reports of a consultant's firms bear. A brand is of an account; it outlives the firms."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import Connection, select

from assessment.store.database import storable, upsert
from assessment.store.records import Assessment
from assessment.store.schema import brand, in_charge

LONGEST_TEXT = 200  # characters
LARGEST_LOGO = 2_000_000  # bytes


@dataclass(frozen=True, slots=True)
class StoredBrand:
    """`colour` as it was given, such as "#1f4e79"; `logo`: the bytes of a PNG, empty for none."""

    name: str
    office: str
    colour: str
    logo: bytes


_COLUMNS = tuple(brand.c[field.name] for field in fields(StoredBrand))


def of_account(connection: Connection, home: str, account_id: str) -> StoredBrand | None:
    """The brand of an account."""
    own = (brand.c.workspace_id == home, brand.c.account_id == account_id)
    row = connection.execute(select(*_COLUMNS).where(*own)).first()
    return None if row is None else StoredBrand(*row)


def of_assessment(connection: Connection, of: Assessment) -> StoredBrand | None:
    """The brand of the consultant in charge of the firm."""
    same = (brand.c.workspace_id == in_charge.c.workspace_id) & (brand.c.account_id == in_charge.c.account_id)
    firm = (in_charge.c.workspace_id == of.workspace, in_charge.c.firm_id == of.firm_id)
    row = connection.execute(select(*_COLUMNS).join(in_charge, same).where(*firm)).first()
    return None if row is None else StoredBrand(*row)


def put(connection: Connection, home: str, account_id: str, new: StoredBrand, at: datetime) -> None:
    """Set or replace the brand of an account."""
    values = {"name": new.name, "office": new.office, "colour": new.colour}
    told = {name: storable(text.strip()) for name, text in values.items()} | {"logo": new.logo, "at": at}
    first = upsert(connection, brand).values(workspace_id=home, account_id=account_id, **told)
    connection.execute(first.on_conflict_do_update(index_elements=("workspace_id", "account_id"), set_=told))


def checked(name: str, office: str, colour: str, logo: bytes) -> StoredBrand:
    """Raises ValueError for what is too long to be meant. Whether it can be drawn is not judged here."""
    if max(map(len, (name, office, colour))) > LONGEST_TEXT or len(logo) > LARGEST_LOGO:
        raise ValueError(f"at most {LONGEST_TEXT} characters, and {LARGEST_LOGO} bytes of logo")
    return StoredBrand(name, office, colour, bytes(logo))
