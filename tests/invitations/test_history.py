"""Whoever comes without what was before is not told of it by a side door: whom one wanted here, why, and who agreed."""

from tests.conftest import Village
from tests.people_of import Place

SECRET = "Udredning hos psykologen"


def comes_late(village: Village, place: Place, who: str) -> None:
    village.brings_in(place, who, capacity="spejderleder", role="volunteer")


def everything(village: Village, place: Place, who: str) -> str:
    return " ".join(village[who].get(place.path + more).text for more in ("", "/messages", "/consents"))


def test_consents_from_before_are_not_told_to_who_came_without_history(village: Village, family: Place) -> None:
    village.brings_in(family, "psychologist", purpose=SECRET, capacity="psykolog")
    village["mother"].ends(family, "psychologist")
    comes_late(village, family, "scoutleader")
    assert SECRET in str(village["mother"].consents(family))
    told = everything(village, family, "scoutleader")
    assert SECRET not in told
    assert "Thomas Juul" not in told
    assert [it["recipient"].split(",")[0] for it in village["scoutleader"].consents(family)] == ["Jørgen Dahl"]


def test_an_invitation_from_before_is_a_page_that_does_not_exist(village: Village, family: Place) -> None:
    declined = village["caseworker"].proposes(family, "psychologist", purpose=SECRET)
    village["mother"].did(village["mother"].post(f"{family.path}/invitations/{declined['id']}/declining"))
    over = village["caseworker"].proposes(family, "jobadviser", purpose=SECRET)
    village.rows("update invitations set ends_on = current_date - 1 where id = %s returning id", over["id"])
    comes_late(village, family, "scoutleader")
    for before in (declined, over):
        assert village["mother"].get(f"{family.path}/invitations/{before['id']}").status_code == 200
        assert village["scoutleader"].get(f"{family.path}/invitations/{before['id']}").status_code == 404
    assert SECRET not in everything(village, family, "scoutleader")


def test_who_is_here_or_still_waited_for_is_told(village: Village, family: Place) -> None:
    village.brings_in(family, "teacher")
    waiting = village["caseworker"].proposes(family, "psychologist")
    comes_late(village, family, "scoutleader")
    recipients = {it["recipient"].split(",")[0] for it in village["scoutleader"].consents(family)}
    assert recipients == {"Anders Winther", "Jørgen Dahl"}
    assert village["scoutleader"].invitation(family, waiting)["state"] == "proposed"
