"""The table that decides, as a page and as a spreadsheet, for administrators: and they see nothing else."""

import csv
import io

import pytest

from app.access.may import MAY, WHEN_CLOSED, Act, Role
from app.text import LANGUAGES, catalogue
from tests.conftest import Village
from tests.crawl import crawl, gets
from tests.people_of import Place, Someone
from tests.village import BY_KEY

PAGE = "/api/admin/permissions"


def sheet(who: Someone) -> list[list[str]]:
    answer = who.get(f"{PAGE}.csv")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.content.startswith(b"\xef\xbb\xbf"), "Danish Excel would break æ, ø and å without the mark"
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_page_is_the_table(village: Village) -> None:
    page = village["admin"].did(village["admin"].get(PAGE))
    assert page["source"] == "app/access/may.py"
    assert page["roles"] == list(Role)
    told = {(role, line["act"]) for line in page["acts"] for role in line["roles"]}
    assert told == {(role, act) for role, acts in MAY.items() for act in acts}
    assert {line["act"] for line in page["acts"] if line["when_closed"]} == set(WHEN_CLOSED)


def test_the_spreadsheet_says_the_same_in_words(village: Village) -> None:
    words = catalogue("da")
    head, *lines = sheet(village["admin"])
    assert head[2:] == [words[f"role_name.{role}"] for role in Role]
    assert len(lines) == len(Act)
    by_words = {words[f"act.{act}"]: act for act in Act}
    for act_words, closed, *cells in lines:
        act = by_words[act_words]
        assert closed == ("Ja" if act in WHEN_CLOSED else "Nej")
        assert cells == ["Ja" if act in MAY[role] else "Nej" for role in Role]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_and_every_act_has_its_line(language: str) -> None:
    needed = {f"role_name.{role}" for role in Role} | {f"act.{act}" for act in Act}
    assert needed - catalogue(language).keys() == set()


@pytest.mark.parametrize("who", ["mother", "teacher", "caseworker", "leader", "auditor", "outsider"])
def test_to_everybody_else_there_is_no_such_page(village: Village, who: str) -> None:
    nowhere = village[who].get("/api/admin/nowhere")
    for path in (PAGE, f"{PAGE}.csv"):
        answer = village[who].get(path)
        assert (answer.status_code, answer.content) == (404, nowhere.content)


def test_an_administrator_whose_work_has_ended_sees_it_no_more(village: Village) -> None:
    ended = "update employments set ended_on = current_date - 1 where role = 'admin' and ended_on is null returning 1"
    again = "update employments set ended_on = null where role = 'admin' returning 1"
    assert village["admin"].get(PAGE).status_code == 200
    assert village.rows(ended)
    try:
        assert village["admin"].get(PAGE).status_code == 404
    finally:
        village.rows(again)


# What an administrator may read beside the two pages of the table: him- or herself, and what everybody may.
OWN = {
    "/api/guidance",
    "/api/me",
    "/api/me/absence",
    "/api/me/contact-card",
    "/api/me/sessions",
    "/api/health/live",
    "/api/health/ready",
    "/api/issuers",
}


def test_an_administrator_finds_no_content_anywhere(village: Village, family: Place) -> None:
    """Every GET there is: empty, or what a missing page answers."""
    village["mother"].writes(family, "Kun for os i samtalen")
    invited = village["caseworker"].proposes(family, "teacher")
    ids = dict.fromkeys(("attachment", "concern", "consultation", "invitation", "look", "note"), invited["id"]) | {
        "issuer": "x"
    }
    found = crawl(village["admin"], family, **ids)
    assert found.keys() == set(gets()), "an address that is not asked proves nothing"
    assert not [path for path, answer in found.items() if "Kun for os" in answer or BY_KEY["mother"].name in answer]
    # Whatever job one has, one may have notified: the own ones, and no other.
    sent = village["admin"].did(village["admin"].get("/api/concerns"))
    assert sent["led"] == []
    assert all(it["mine"] for it in sent["concerns"])
    for path in found.keys() - OWN - {PAGE, f"{PAGE}.csv", "/api/concerns"}:
        status, _, body = found[path].partition(" ")
        empty = status == "200" and set(body) <= set('{}[]":,_-0123456789abcdefghijklmnopqrstuvwxyz') and ":[]" in body
        assert status == "404" or empty, f"{path}: {found[path][:200]}"
