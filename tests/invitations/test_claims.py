"""Somebody else at the link is told nothing, and the family decides."""

import threading

from tests.conftest import Village
from tests.invitations.test_consent import done
from tests.invitations.test_invitations import GONE, opening, redemption
from tests.invitations.test_life import kinds
from tests.people_of import Place
from tests.village import BY_KEY


def test_somebody_else_at_the_link_is_told_nothing_and_the_family_is_asked(village: Village, family: Place) -> None:
    invitation = village["caseworker"].proposes(family, "teacher")
    village["mother"].agrees(family, invitation)
    token = village.link_for("teacher")
    for _ in range(3):
        assert opening(village, "outsider", token) == GONE
        assert redemption(village, "outsider", token) == GONE
    [claim] = village["father"].invitation(family, invitation)["claims"]
    assert (claim["name"], claim["email"], claim["state"]) == ("Claus Berg", "outsider@demo.example", "waiting")
    assert kinds(village, "father", family).count("invitation_claimed") == 1
    assert village["caseworker"].invitation(family, invitation)["claims"] == []
    path = f"{family.path}/invitations/{invitation['id']}/claims/{claim['id']}"
    assert village["caseworker"].post(f"{path}/approval").status_code == 403
    rejected = village["father"].did(village["father"].post(f"{path}/rejection"))
    assert rejected["claims"][0]["state"] == "rejected"
    assert village["mother"].post(f"{path}/approval").status_code == 409
    assert redemption(village, "outsider", token) == GONE
    assert redemption(village, "teacher", token)[0] == 201, "still the named person's"


def test_a_claim_that_is_approved_sends_a_link_to_that_address_alone(village: Village, family: Place) -> None:
    invitation = village["mother"].proposes(family, "teacher")
    token = village.link_for("teacher")
    assert opening(village, "outsider", token) == GONE
    [claim] = village["mother"].invitation(family, invitation)["claims"]
    path = f"{family.path}/invitations/{invitation['id']}/claims/{claim['id']}/approval"
    village["mother"].did(village["mother"].post(path))
    assert redemption(village, "teacher", token) == GONE
    assert redemption(village, "outsider", token) == GONE
    assert village["outsider"].accepts(village.link_for("outsider")) == family


def test_a_father_lets_nobody_in_that_the_mother_did_not_agree_to(village: Village, family: Place) -> None:
    """Both must agree. A link that he forwards, and a claim that he approves, ask her again."""
    invitation = village["mother"].proposes(family, "teacher")
    done(village, "update invitations set every_holder = true where id = %s", invitation["id"])
    village["father"].agrees(family, invitation)
    assert opening(village, "outsider", village.link_for("teacher")) == GONE
    [claim] = village["father"].invitation(family, invitation)["claims"]
    path = f"{family.path}/invitations/{invitation['id']}/claims/{claim['id']}/approval"
    before = len(village.mailbox.to(BY_KEY["outsider"].email))
    approved = village["father"].did(village["father"].post(path))
    assert (approved["state"], [it["name"] for it in approved["waits_for"]]) == ("proposed", ["Mette Holm"])
    assert [it["recipient"] for it in approved["consents"] if it["in_force"]] == ["Claus Berg, lærer"]
    assert len(village.mailbox.to(BY_KEY["outsider"].email)) == before
    village["mother"].agrees(family, invitation)
    assert village["outsider"].accepts(village.link_for("outsider")) == family


def test_who_is_in_the_thread_or_was_makes_no_claim(village: Village, family: Place) -> None:
    village.brings_in(family, "psychologist")
    village.brings_in(family, "healthvisitor")
    village["mother"].ends(family, "healthvisitor")
    invitation = village["mother"].proposes(family, "teacher")
    token = village.link_for("teacher")
    for who in ("father", "psychologist", "healthvisitor"):
        assert opening(village, who, token) == GONE
    assert village["mother"].invitation(family, invitation)["claims"] == []


def test_a_claim_elsewhere_is_not_found(village: Village, family: Place) -> None:
    invitation = village["mother"].proposes(family, "teacher")
    assert opening(village, "outsider", village.link_for("teacher")) == GONE
    [claim] = village["mother"].invitation(family, invitation)["claims"]
    other = village["colleague"].opens_dialogue("father")
    for place in (family, other):
        answer = village["father"].post(f"{other.path}/invitations/{invitation['id']}/claims/{claim['id']}/approval")
        assert answer.status_code == 404, place
    assert (
        village["outsider"]
        .post(f"{family.path}/invitations/{invitation['id']}/claims/{claim['id']}/approval")
        .status_code
        == 404
    )


def test_thirty_claims_at_once_are_one_row(village: Village, family: Place) -> None:
    invitation = village["mother"].proposes(family, "teacher")
    token = village.link_for("teacher")
    threads = [threading.Thread(target=opening, args=(village, "outsider", token)) for _ in range(30)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(village["mother"].invitation(family, invitation)["claims"]) == 1
