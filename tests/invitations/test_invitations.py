"""Promise 4: invited, never added; with a purpose, an end date, and no history unless the family says so."""

import threading
from collections import Counter
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest

from app.dates import today
from app.embedded import conninfo
from tests.conftest import Village
from tests.people_of import Place, until

GONE = (410, "invitation_unusable")


def opening(village: Village, who: str, token: str) -> tuple[int, str]:
    answer = village[who].post("/api/invitations/opening", token=token)
    return answer.status_code, answer.json().get("code", answer.json().get("purpose"))


def redemption(village: Village, who: str, token: str) -> tuple[int, str | None]:
    answer = village[who].post("/api/invitations/redemption", token=token)
    return answer.status_code, answer.json().get("code")


def test_the_whole_way_from_proposal_to_being_in(village: Village, family: Place) -> None:
    village["mother"].writes(family, "Fra før læreren kom")
    invitation = village["caseworker"].proposes(family, "teacher")
    assert (invitation["state"], invitation["may_agree"]) == ("proposed", False)
    waiting = village["mother"].sees(family)["invitations"][0]
    assert (waiting["may_agree"], waiting["email"]) == (True, "teacher@demo.example")
    to_agree = next(
        it for it in village["mother"].did(village["mother"].get("/api/cases"))["cases"] if it["id"] == family.case
    )
    assert [it["invitation"] for it in to_agree["to_agree"]] == [invitation["id"]]

    village["mother"].agrees(family, invitation)
    token = village.link_for("teacher")
    opened = village["teacher"].did(village["teacher"].post("/api/invitations/opening", token=token))
    assert (opened["inviter"]["name"], opened["purpose"]) == ("Karen Lindqvist", "At I kan tale om skolen sammen")
    assert village["teacher"].get(family.path).status_code == 404, "opening is not accepting"
    assert village["mother"].sees(family)["invitations"][0]["state"] == "opened"

    assert village["teacher"].accepts(token) == family
    village["teacher"].writes(family, "Tak for invitationen")
    assert village["teacher"].texts(family) == ["Tak for invitationen"], "no history unless the family says so"
    village["mother"].writes(family, "Velkommen")
    assert village["teacher"].texts(family) == ["Tak for invitationen", "Velkommen"]


def test_history_only_when_the_family_said_so(village: Village, family: Place) -> None:
    village["mother"].writes(family, "Fra før")
    village.brings_in(family, "teacher", history=True)
    assert village["teacher"].texts(family) == ["Fra før"]


def test_a_correction_of_something_older_tells_the_newcomer_nothing(village: Village, family: Place) -> None:
    entry = village["mother"].writes(family, "gammel hemmelighed")
    village.brings_in(family, "teacher")
    with village["teacher"].listens(family) as ear:
        village["mother"].did(
            village["mother"].post(f"{family.path}/messages/{entry['id']}/correction", text="ny hemmelighed")
        )
        until(lambda: any(it["kind"] == "message_corrected" for frame in ear.frames for it in frame["entries"]))
        assert b"hemmelighed" not in b"".join(ear.raw)
    assert "hemmelighed" not in village["teacher"].get(f"{family.path}/changes", after=0).text


def test_nobody_is_written_to_before_a_custody_holder_agrees(village: Village, family: Place) -> None:
    before = len(village.mailbox.to("healthvisitor@demo.example"))
    invitation = village["caseworker"].proposes(family, "healthvisitor", capacity="sundhedsplejerske")
    for who in ("caseworker",):
        refused = village[who].post(f"{family.path}/invitations/{invitation['id']}/agreement", until=None)
        assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    village["father"].did(village["father"].post(f"{family.path}/invitations/{invitation['id']}/declining"))
    late = village["mother"].post(f"{family.path}/invitations/{invitation['id']}/agreement", until=None)
    assert (late.status_code, late.json()["code"]) == (409, "already_settled")
    # A later mail of the same queue has arrived: the declined one never will.
    village.brings_in(family, "teacher")
    assert len(village.mailbox.to("healthvisitor@demo.example")) == before


def test_a_custody_holders_own_proposal_is_agreed_with_that(village: Village, family: Place) -> None:
    proposed = village["mother"].proposes(family, "grandmother", role="relative", capacity="mormor", history=True)
    assert [it["step"] for it in proposed["steps"]] == ["proposed", "agreed"]
    assert village["grandmother"].accepts(village.link_for("grandmother")) == family


def test_the_mail_names_neither_family_nor_case(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher", purpose="Kanin-formål")
    mail = village.mailbox.to("teacher@demo.example")[-1]
    said = f"{mail['Subject']} {village.mailbox.body(mail)}"
    for word in ("Emil", "Mette", "Holm", "Karen", "Kanin", "barn", family.case, family.thread):
        assert word not in said


def test_the_secret_is_only_stored_as_a_hash(village: Village, family: Place) -> None:
    village["mother"].proposes(family, "teacher")
    token = village.link_for("teacher")
    assert len(token) >= 43
    with psycopg.connect(conninfo(village.urls.admin)) as db:
        tables = db.execute(
            "select format('%I.%I', table_schema, table_name) from information_schema.tables"
            " where table_schema in ('public', 'jobs') and table_type = 'BASE TABLE'"
        ).fetchall()
        for (table,) in tables:
            assert not db.execute(f"select 1 from {table} x where x::text like %s", (f"%{token}%",)).fetchall(), table


def test_opening_the_link_by_get_changes_nothing(village: Village, family: Place) -> None:
    village["mother"].proposes(family, "teacher")
    token = village.link_for("teacher")
    before = village.rows("select step from invitation_steps where step <> 'sent' order by at")
    for _ in range(3):
        village["teacher"].get("/invitation")
        assert village["teacher"].get("/api/invitations/redemption").status_code == 405
    assert village.rows("select step from invitation_steps where step <> 'sent' order by at") == before
    assert redemption(village, "teacher", token)[0] == 201


def test_unknown_spent_expired_ended_and_wrong_person_get_one_answer(village: Village, family: Place) -> None:
    village["mother"].proposes(family, "teacher")
    token = village.link_for("teacher")
    answers = [village["father"].post("/api/invitations/redemption", token=token)]
    answers.append(village["teacher"].post("/api/invitations/redemption", token="A" * 43))
    assert redemption(village, "teacher", token)[0] == 201
    answers.append(village["teacher"].post("/api/invitations/redemption", token=token))
    _expire(village, _invite_psychologist(village, family))
    answers.append(village["psychologist"].post("/api/invitations/redemption", token=village.link_for("psychologist")))
    assert {(it.status_code, it.json()["code"]) for it in answers} == {GONE}
    assert len({it.content for it in answers}) == 1
    assert len({tuple(it.headers) for it in answers}) == 1


def _invite_psychologist(village: Village, family: Place) -> str:
    village["mother"].proposes(family, "psychologist", capacity="psykolog")
    return village.link_for("psychologist")


def _expire(village: Village, token: str) -> None:
    with psycopg.connect(conninfo(village.urls.admin)) as db:
        db.execute("update invitation_tokens set expires_at = now() where spent_at is null")


def test_the_inviters_right_is_asked_again_at_acceptance(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    invitation = village["teacher"].proposes(family, "psychologist", capacity="psykolog")
    village["mother"].agrees(family, invitation)
    token = village.link_for("psychologist")
    village["mother"].ends(family, "teacher")
    assert redemption(village, "psychologist", token) == GONE


def test_fifty_at_once_are_one_join(village: Village, family: Place) -> None:
    token = _invite_psychologist(village, family)
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda: answers.append(redemption(village, "psychologist", token)[0]))
        for _ in range(50)
    ]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    counted = Counter(answers)
    assert counted[201] == 1
    assert set(counted) <= {201, 410, 409, 503}
    people = [it for it in village["mother"].sees(family)["people"] if it["name"] == "Thomas Juul"]
    assert len(people) == 1


def test_a_place_ends_with_its_last_day(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    assert village["teacher"].get(family.path).status_code == 200
    with psycopg.connect(conninfo(village.urls.admin)) as db:
        db.execute(
            "update memberships set ends_on = current_date - 1 where thread_id = %s and role = 'professional'",
            (family.thread,),
        )
    assert village["teacher"].get(family.path).status_code == 404
    assert village["teacher"].post(f"{family.path}/messages", id=str(uuid4()), text="hej").status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("role", "custody_holder"),
        ("role", "caseworker"),
        ("ends_on", today().isoformat()),
        ("ends_on", (today() + timedelta(days=400)).isoformat()),
        ("email", "ikke en adresse"),
        ("email", "a@b.dk\nBcc: c@d.dk"),
        ("name", ""),
        ("purpose", "x" * 501),
    ],
)
def test_bad_proposals_are_named(village: Village, family: Place, field: str, value: str) -> None:
    body = {
        "name": "Anders", "email": "a@b.dk", "capacity": "lærer", "role": "professional", "purpose": "skole",
        "kinds": ["school"],
        "ends_on": (today() + timedelta(days=30)).isoformat(), "history": False, field: value,
    }  # fmt: skip
    answer = village["mother"].post(f"{family.path}/invitations", **body)
    assert (answer.status_code, [it["field"] for it in answer.json()["fields"]]) == (422, [field])


def test_the_person_invited_may_say_no(village: Village, family: Place) -> None:
    token = _invite_psychologist(village, family)
    assert village["psychologist"].post("/api/invitations/refusal", token=token).status_code == 204
    assert redemption(village, "psychologist", token) == GONE
    assert "invitation_refused" in [
        it["kind"] for it in village["mother"].get(f"{family.path}/changes", after=0).json()["entries"]
    ]
