"""What every table shares: types, constraint names, and columns that the database fills in."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Identity, MetaData, Numeric, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

# PostgreSQL's own names, so that the migrations' plain SQL needs to name nothing.
NAMES = {
    "pk": "%(table_name)s_pkey",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "ck": "%(table_name)s_%(constraint_name)s_check",
    "ix": "%(table_name)s_%(column_0_N_name)s_idx",
}

Json = dict[str, Any]
UuidKey = Annotated[UUID, mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))]
NumberKey = Annotated[int, mapped_column(BigInteger(), Identity(), primary_key=True)]
Now = Annotated[datetime, mapped_column(server_default=text("now()"))]
Texts = Annotated[list[str], mapped_column(server_default=text("'{}'"))]
JsonObject = Annotated[Json, mapped_column(server_default=text("'{}'"))]
JsonList = Annotated[list[Json], mapped_column(server_default=text("'[]'"))]
EmptyText = Annotated[str, mapped_column(server_default=text("''"))]
Zero = Annotated[int, mapped_column(server_default=text("0"))]
Yes = Annotated[bool, mapped_column(server_default=text("true"))]


class Base(DeclarativeBase):
    """The root of all models; `Base.metadata` is what Alembic compares the database with."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text(),
        datetime: DateTime(timezone=True),
        Decimal: Numeric(),
        list[str]: ARRAY(Text()),
        Json: JSONB(),
        list[Json]: JSONB(),
    }


class Dated:
    """When a row was made and last changed; a trigger sets `updated_at`, also for changes by
    SQL."""

    created_at: Mapped[Now]
    updated_at: Mapped[Now]


def among(column: str, *values: str) -> str:
    """The SQL condition that `column` holds one of `values`."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"
