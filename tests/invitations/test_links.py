"""The mailed link: an address that nobody has, and a new link for an old one."""

from typing import Any

import pytest

from tests.conftest import Village
from tests.invitations.test_consent import done
from tests.invitations.test_invitations import GONE, redemption
from tests.invitations.test_life import age_links, kinds, renewal, steps
from tests.people_of import Place, until


def mailings(village: Village, invitation: dict[str, Any]) -> list[tuple[Any, ...]]:
    query = "select status::text, attempts from jobs.procrastinate_jobs where args ->> 'invitation' = %s"
    return village.rows(query, invitation["id"])


def test_an_address_that_the_mail_server_does_not_have_is_told_to_proposer_and_family(
    village: Village, family: Place
) -> None:
    village.mailbox.refuses["anders@nowhere.example"] = "550 5.1.1 no such user"
    invitation = village["caseworker"].proposes(family, "teacher", email="anders@nowhere.example")
    village["mother"].agrees(family, invitation)
    until(lambda: village["mother"].invitation(family, invitation)["state"] == "bounced", 10)
    assert village["caseworker"].invitation(family, invitation)["steps"][-1]["step"] == "bounced"
    assert kinds(village, "father", family).count("invitation_bounced") == 1
    until(lambda: mailings(village, invitation) == [("succeeded", 1)], 5)


def test_a_mail_server_that_says_not_now_is_asked_again(village: Village, family: Place) -> None:
    village.mailbox.refuses["later@nowhere.example"] = "451 4.2.1 try again"
    invitation = village["mother"].proposes(family, "teacher", email="later@nowhere.example")
    until(lambda: mailings(village, invitation) == [("todo", 1)], 10)
    assert village["mother"].invitation(family, invitation)["state"] == "agreed"
    del village.mailbox.refuses["later@nowhere.example"]
    done(
        village,
        "set local search_path = jobs; update procrastinate_jobs set scheduled_at = now()"
        f" where args ->> 'invitation' = '{invitation['id']}'",
    )
    until(lambda: village["mother"].invitation(family, invitation)["state"] == "sent", 20)


def test_an_old_link_brings_a_new_one_to_the_same_person(village: Village, family: Place) -> None:
    invitation = village["mother"].proposes(family, "teacher")
    old = village.link_for("teacher")
    until(lambda: "sent" in steps(village, family, invitation))
    age_links(village, family)
    assert renewal(village, "teacher", old)[0] == 204
    new = until(lambda: (link := village.newest_link("teacher")) != old and link, 10)
    until(lambda: steps(village, family, invitation)[-2:] == ["renewed", "sent"])
    assert village["mother"].invitation(family, invitation)["state"] == "sent"
    assert "invitation_renewed" in kinds(village, "mother", family)
    assert redemption(village, "teacher", old) == GONE
    assert village["teacher"].accepts(new) == family


def test_who_asks_for_a_new_link_learns_nothing(village: Village, family: Place) -> None:
    invitation = village["mother"].proposes(family, "teacher")
    token = village.link_for("teacher")
    answers = [renewal(village, "teacher", "A" * 43), renewal(village, "outsider", token)]
    assert "renewed" not in steps(village, family, invitation)
    answers += [renewal(village, "teacher", token) for _ in range(5)]
    assert len(set(answers)) == 1
    assert steps(village, family, invitation).count("renewed") == 3, "three a day"
    village["teacher"].accepts(token)
    assert renewal(village, "teacher", token) == answers[0]
    assert steps(village, family, invitation).count("renewed") == 3


@pytest.mark.parametrize("over", ["declined", "withdrawn", "closed", "inviter gone"])
def test_nothing_is_sent_anew_that_should_not_be_sent(village: Village, family: Place, over: str) -> None:
    village.brings_in(family, "psychologist")
    invitation = village["psychologist"].proposes(family, "teacher")
    village["mother"].agrees(family, invitation)
    token = village.link_for("teacher")
    if over == "declined":
        village["father"].did(village["father"].post(f"{family.path}/invitations/{invitation['id']}/declining"))
    elif over == "withdrawn":
        mine = next(it for it in village["mother"].consents(family) if it["invitation"] == invitation["id"])
        village["mother"].withdraws(family, mine)
    elif over == "closed":
        village["caseworker"].did(village["caseworker"].post(f"{family.path}/closure", reason="x"))
    else:
        village["mother"].ends(family, "psychologist")
    assert renewal(village, "teacher", token)[0] == 204
    assert "renewed" not in steps(village, family, invitation)
