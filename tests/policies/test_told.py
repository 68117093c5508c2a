"""Whom the functions that see more than their caller tell, and for whom they do something: doors.csv, typed by hand.
`after`: what is done by hand before it is asked. Whoever is not named is told nothing, and nothing is done.

A new one fails here until somebody has said to whom it opens, or why to everybody.
"""

import pytest

from tests.policies.checker import HERE, become, people, refused, table
from tests.policies.test_doors import after, asking, row
from tests.policies.test_mutations import FUNCTIONS
from tests.policies.world import World

EVERYBODY = (*people(), "nobody")
# What it is asked with is the right, or nobody learns and nobody gets anything by it.
OPEN = {
    "caseworker_for": "whom something goes to is told to whoever asks for it",
    "count_served": "numbers of answers, which are only ever compared with looks",
    "end_unconsented": "it makes happen only what is so already",
    "family_person": "who is behind an address that somebody has verified; the app never tells",
    "hear_logout": "the provider's signature is the right",
    "lock_invitation": "it holds what the caller sees, and tells nothing",
    "sign_in": "the provider's word is the right",
    "waiting_person": "somebody new, with no place",
}


@pytest.mark.parametrize("line", table("doors"), ids=lambda line: line["asks"][:90])
def test_it_opens_to_these_and_to_nobody_else(world: World, line: dict[str, str]) -> None:
    with after(world, *filter(None, line["after"].split("; "))) as db:
        opened = {who for who in EVERYBODY if not refused(db, world, who, line["asks"])}
    many, everybody, but = line["opens to"].partition("everybody")
    assert opened == (set(EVERYBODY) - set(but.split()) if everybody else set(many.split()))


JOBS = "select count(*) from jobs.procrastinate_jobs"
RENEW = "select renew_invitation(sha256(%(secret of auditor)s::bytea), "


@pytest.mark.parametrize(
    ("asks", "heard"),
    [
        ("select tell_of_concern(%(worry)s)", {"caseworker"}),
        ("select tell_of_consultation(%(advice)s)", {"caseworker", "kindergarten"}),
        (f"{RENEW}'auditor@demo.example')", set(EVERYBODY)),  # the link and its address are the right
        (f"{RENEW}'mother@demo.example')", set()),
    ],
)
def test_nobody_else_has_a_mail_sent(world: World, asks: str, heard: set[str]) -> None:
    for who in EVERYBODY:
        with asking(world, "admin") as db:
            before = row(db, world, JOBS)
            db.execute("set local role rundtom_web")
            become(db, world.ids.get(who, ""))
            db.execute(asks.encode(), world.parameters)
            db.execute("reset role")
            assert (row(db, world, JOBS) != before) == (who in heard), who


def test_every_door_of_the_web_role_has_been_tried(world: World) -> None:
    pages = ("attempts.csv", "doors.csv", "test_doors.py", "test_sending.py", "test_told.py")
    tried = "".join((HERE / page).read_text(encoding="utf-8") for page in pages)
    # What the policies are made of is loosened with them.
    doors = {line["function"] for line in table("functions") if line["runs as"] == "authz" and "web" in line["callers"]}
    assert {door for door in doors if f"{door}(" not in tried} - set(FUNCTIONS) == set(OPEN)
