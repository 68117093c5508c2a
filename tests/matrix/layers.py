"""Worlds with one of the two layers gone, and what is looked at there: whose rows were shown, whose were written."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from app.access.door import Member
from tests.canary.audience import Audience
from tests.matrix.inside import Inside
from tests.matrix.run import Tried
from tests.matrix.world import World, marked

EVERY_TABLE = """
do $$
declare it record;
begin
  for it in select c.oid::regclass as name from pg_class c
             where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
               and c.relname not in ('alembic_version', 'written') loop
    {}
  end loop;
end $$"""
# (%%: the driver looks for parameters.) Row level security does not exist: the app stands alone.
APP_ALONE = EVERY_TABLE.format("execute format('alter table %%s disable row level security', it.name);")
# Every row that is written is noted.
WATCHED = (
    "create table written (tab text, was text, row jsonb)",
    "grant select, delete on written to rundtom_web",
    """create function note_written() returns trigger language plpgsql security definer as $$
       begin
         insert into written values (tg_table_name, tg_op, to_jsonb(case when tg_op = 'DELETE' then old else new end));
         return null;
       end $$""",
    EVERY_TABLE.format(
        "execute format('create trigger zz_note after insert or update or delete on %%s for each row"
        " execute function note_written()', it.name);"
    ),
)
# What by design reaches into a circle that one is not, or not yet, in: the mailed secret, who decides on custody (and
# ends what was shown by it), the leader, who takes over, and who comes on duty. It was theirs when the answer is as the
# table says.
FROM_OUTSIDE = re.compile("/custody-changes|/api/duty-accesses|/api/hand-overs|/api/invitations/")


@contextmanager
def everybody_may() -> Iterator[None]:
    """The table of who may what does not exist: row level security stands alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Member, "must", lambda self, act: None)
        patch.setattr(Member, "may", lambda self, act: True)
        yield


@dataclass
class Foreign:
    """What is none of somebody's business: texts, threads, cases, and other people's own rows."""

    world: World

    def __post_init__(self) -> None:
        audience = Audience(self.world)
        self.texts = audience.by_person()
        places = audience.places
        self.threads = {who: {it["thread_id"] for it in places if it["person_id"] == id_} for who, id_ in self.persons}
        self.cases = {who: {it["case_id"] for it in places if it["person_id"] == id_} for who, id_ in self.persons}
        self.known = {it["id"] for name in ("cases", "persons", "threads") for it in audience.table(name)}

    @property
    def persons(self) -> list[tuple[str, str]]:
        return list(self.world.persons.items())

    def shown(self, it: Tried) -> list[str]:
        return [self.world.what(marker) for marker in marked(it.answer.body) - self.texts[it.who]]

    async def written(self, house: Inside, it: Tried) -> list[str]:
        rows = (await house.connection.exec_driver_sql("delete from written returning tab, row")).all()
        by_design = it.right and FROM_OUTSIDE.search(it.row.request)
        return [] if by_design else [tab for tab, row in rows if self.is_foreign(it.who, tab, row)]

    def is_foreign(self, who: str, tab: str, row: dict[str, Any]) -> bool:
        me = self.world.persons.get(who)
        if me in (row.get("person_id"), row.get("owner_id")):
            return False
        if tab in ("drafts", "read_marks"):  # each their own, in a thread that they share as well
            return True
        if thread := row.get("thread_id", row["id"] if tab == "threads" else None):
            return thread in self.known and thread not in self.threads.get(who, set())
        if case := row.get("case_id", row["id"] if tab == "cases" else None):
            return case in self.known and case not in self.cases.get(who, set())
        return "owner_id" in row or (tab == "persons" and row["id"] in self.known - {me})
