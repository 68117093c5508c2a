"""The caseworker's own list and the leader's board, each on the device that it is used on; and what the mother reads
meanwhile, at every step of the way."""

import re

from playwright.sync_api import expect

from tests.caseload.seeing import caseload, wrote_days_ago
from tests.conftest import Village
from tests.contacts.calling import asks
from tests.e2e.conftest import Screens
from tests.e2e.person import WITHIN_A_SECOND
from tests.hand_overs.test_hand_over import accepts, proposes
from tests.people_of import Place
from tests.stages.stepping import TO_A_START, goes, longer_ago
from tests.stages.test_leaders import DAYS, happened
from tests.stages.test_stages import WAY
from tests.village import BY_KEY

LATE = "update stages set due_at = now() - interval '3 days' where thread_id = %s and id = %s returning id"


def test_a_caseworker_sees_on_her_phone_what_waits_for_whom(village: Village, screens: Screens, family: Place) -> None:
    """The colleague's list: it is short, so each number can be looked at."""
    quiet, late = (village["caseworker"].opens_dialogue("mother", child_name=name) for name in ("Alma", "Bo"))
    goes(village["caseworker"], late, "notified")
    longer_ago(village, late, 3)
    village["mother"].did(asks(village["mother"], family))
    for place in (quiet, late, family):
        accepts(village, proposes(village, place, stays=False))
    wrote_days_ago(village, quiet, 20)
    peter = screens.of("colleague")
    peter.goes_to("/")
    peter.finds("caseload.title").click()
    told = caseload(village["colleague"])
    line = {place.case: peter.page.locator(".case").filter(has=peter.page.locator(f'a[href="/cases/{place.case}"]'))
            for place in (quiet, late, family)}  # fmt: skip
    for place in (quiet, late, family):
        expect(line[place.case]).to_have_count(1)
    expect(line[late.case].locator(".late").first).to_be_visible()
    peter.looks_right("all")
    for count in told["counts"]:
        values = {"count": str(count["cases"]), "days": str(told["silence_days"])}
        peter.page.get_by_label(peter.says(f"caseload.{count['heading']}", **values), exact=True).check()
        expect(peter.page.locator(".case")).to_have_count(count["cases"])
        expect(peter.page).to_have_url(re.compile(f"/caseload#{count['heading']}$"))
    expect(line[quiet.case]).to_have_count(1)
    expect(line[late.case]).to_have_count(0)
    peter.looks_right("quiet")
    at_the_desk = screens.of("colleague", "desktop")
    at_the_desk.goes_to("/caseload#late")
    expect(at_the_desk.page.locator(".case")).to_have_count(told["counts"][2]["cases"])
    at_the_desk.goes_to("/caseload")
    at_the_desk.looks_right("desk")
    village["mother"].writes(quiet, "Vi har det godt")
    expect(line[quiet.case]).to_have_count(0, timeout=WITHIN_A_SECOND * 5)


def test_whoever_has_no_case_reads_that(screens: Screens) -> None:
    visitor = screens.of("healthvisitor")
    visitor.goes_to("/caseload")
    visitor.reads(visitor.says("caseload.none"))
    visitor.looks_right("none")


def test_the_mother_reads_on_her_phone_at_every_step_where_we_are_what_is_next_until_when_and_at_whom(
    village: Village, screens: Screens, family: Place
) -> None:
    mother, karen = screens.of("mother"), BY_KEY["caseworker"].name
    for step, next_step, _ in WAY:
        made = goes(village["caseworker"], family, step)
        mother.goes_to(family)
        for late in (False, True):
            if late:
                past = (
                    "update stages set due_at = now() - interval '3 days' where thread_id = %s and id = %s returning id"
                )
                assert village.rows(past, family.thread, made["id"])
                mother.page.reload()
            mother.reads(mother.says(f"stages.step_{step}"))
            mother.reads(mother.says(f"stages.next_{next_step}"))
            due = mother.page.locator("p.late" if late else "p.soft").filter(has_text=f"{karen} (rådgiver)")
            expect(due.filter(has_text=re.compile(r"\d{1,2}\. \w+")).first).to_be_visible()
            mother.reads(mother.says("home.ball", name=karen, capacity="rådgiver"))
    goes(village["caseworker"], family, "closed")
    mother.goes_to(family)
    mother.reads(mother.says("stages.step_closed"))
    mother.reads(mother.says("home.ball", name=karen, capacity="rådgiver"))
    mother.looks_right("closed")


def test_a_leader_sees_how_long_it_takes_and_who_is_late(village: Village, screens: Screens, family: Place) -> None:
    goes(village["caseworker"], family, *TO_A_START)
    happened(village, family, DAYS)
    leader = screens.of("leader", "desktop")
    leader.goes_to("/")
    board = leader.page.get_by_role("region", name=leader.says("waiting.title"))
    line = board.get_by_role("listitem").filter(has_text=family.case[:8])
    expect(line.locator(".late")).to_contain_text(leader.says("stages.next_followed_up"))
    took = leader.page.get_by_role("region", name=leader.says("intervals.title"))
    expect(took).to_be_visible()
    took.get_by_role("button").nth(1).click()
    behind = took.locator(".thread-line").filter(has_text=family.case[:8])
    expect(behind).to_contain_text(leader.says("intervals.days_other", days="2"))
    leader.looks_right("board")
    took.get_by_label("2025", exact=True).check()
    expect(behind).to_have_count(0)
