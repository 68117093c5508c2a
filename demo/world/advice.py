"""Who receives from which unit, who is away, and the advice that was asked for: what lies in no case."""

import tomllib
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, text

from app.clocks import Clock, due
from app.consultations import actions
from app.consultations.shapes import Closure, NewConsultation, NewLine
from app.db import transaction
from app.people.models import Absence, Routing
from demo.world.people import HERE, job_id, made_id, person_id
from demo.world.play import Player
from demo.world.when import Calendar

ASKED = text("update consultations set asked_at = :at, due_on = :due_on where id = :id")
SAID = text("update consultation_lines set written_at = :at where consultation_id = :asked and id = :id")
CLOSED = text("update consultation_closures set closed_at = :at where consultation_id = :asked")


async def play_advice(player: Player, calendar: Calendar) -> None:
    """A loaded world knows its list already: nothing is asked twice. Who is away says so after all that was asked."""
    told = tomllib.loads((HERE / "advice.toml").read_text())
    async with transaction(player.owner) as db:
        if (await db.execute(select(Routing.unit_id).limit(1))).first():
            return
        await db.execute(insert(Routing), [_rule(route) for route in told["routes"]])
    for number, asked in enumerate(told["asked"]):
        await _ask(player, calendar, asked, made_id("advice", number))
    until = calendar.today + timedelta(days=told["away"]["days"])
    away = {"person_id": person_id(told["away"]["who"]), "from_on": calendar.today, "to_on": until}
    async with transaction(player.owner) as db:
        await db.execute(insert(Absence), [away])


def _rule(route: dict[str, str]) -> dict[str, UUID]:
    unit = made_id("unit", route["unit"])
    return {"unit_id": unit, "caseworker_id": job_id(route["caseworker"]), "deputy_id": job_id(route["deputy"])}


async def _ask(player: Player, calendar: Calendar, asked: dict[str, Any], id_: UUID) -> None:
    question = {"id": id_, "employment": job_id(asked["who"]), "area": asked["area"], "words": asked["words"]}
    async with player.as_person(asked["who"]) as (db, viewer):
        await actions.ask_for_advice(db, viewer, NewConsultation.model_validate(question))
    at = calendar.at(asked["at"])
    await _date(player, ASKED, id=id_, at=at, due_on=due(Clock.consultation, at).day)
    await _date(player, SAID, asked=id_, id=id_, at=at)
    for number, line in enumerate(asked.get("lines", [])):
        said = NewLine(id=made_id("advice", id_, number), words=line["words"])
        async with player.as_person(line["who"]) as (db, viewer):
            await actions.write_line(db, viewer, id_, said)
        await _date(player, SAID, asked=id_, id=said.id, at=calendar.at(line["at"]))
    if outcome := asked.get("outcome"):
        async with player.as_person(asked["who"]) as (db, viewer):
            await actions.close_consultation(db, viewer, id_, Closure(outcome=outcome["what"]))
        await _date(player, CLOSED, asked=id_, at=calendar.at(outcome["at"]))


async def _date(player: Player, statement: Any, **values: UUID | datetime | Any) -> None:
    async with transaction(player.owner) as db:
        await db.execute(statement, values)
