"""Who has the ball, and how it is handed over: as the family, the one who gives and the one who takes meet it."""

from playwright.sync_api import expect

from tests.conftest import Village
from tests.e2e.conftest import Screens
from tests.e2e.person import WITHIN_A_SECOND
from tests.hand_overs.test_hand_over import HELLO, REASON
from tests.people_of import Place
from tests.village import BY_KEY

KAREN, PETER = BY_KEY["caseworker"].name, BY_KEY["colleague"].name
AT_KAREN = {"name": KAREN, "capacity": "rådgiver"}
AT_PETER = {"name": PETER, "capacity": "rådgiver"}


def test_a_case_is_handed_over_before_the_eyes_of_the_family(village: Village, screens: Screens, family: Place) -> None:
    caseworker, mother, colleague = screens.of("caseworker", "desktop"), screens.of("mother"), screens.of("colleague")
    mother.goes_to(family)
    mother.reads(mother.says("home.ball", **AT_KAREN))
    mother.looks_right("thread")
    caseworker.goes_to(family)
    caseworker.page.locator(".thread-side").get_by_role("link", name=caseworker.says("ball.see")).click()
    caseworker.reads(caseworker.says("ball.no_promises"))
    caseworker.fills("ball.reason", REASON)
    caseworker.presses("ball.propose")
    caseworker.reads(caseworker.says("ball.whom_missing"))
    caseworker.looks_right("whom-missing")
    whom = caseworker.page.get_by_role("group", name=caseworker.says("ball.whom"))
    whom.get_by_label(caseworker.says("ball.person", name=PETER, title="rådgiver")).check()
    caseworker.presses("ball.propose")
    caseworker.reads(caseworker.says("ball.waiting"))
    caseworker.looks_right("waiting")
    mother.reads(mother.says("kind.hand_over_proposed", author=KAREN), WITHIN_A_SECOND)
    mother.reads(REASON)

    colleague.goes_to("/")
    colleague.reads(colleague.says("home.task_hand_over"))
    colleague.goes_to("/hand-overs")
    mine = colleague.page.get_by_role("listitem").filter(has_text=REASON).last
    colleague.looks_right("asked")
    mine.get_by_role("button", name=colleague.says("hand_over.accept")).click()
    colleague.reads(colleague.says("hand_over.words_missing"))
    mine.get_by_label(colleague.says("hand_over.words"), exact=True).fill(HELLO)
    colleague.reads(colleague.says("hand_over.preview"))
    colleague.looks_right("preview")
    mine.get_by_role("button", name=colleague.says("hand_over.accept")).click()
    colleague.reads(colleague.says("home.ball_me"))
    colleague.looks_right("taken-over")

    mother.reads(HELLO, WITHIN_A_SECOND)
    mother.reads(mother.says("home.ball", **AT_PETER))
    mother.looks_right("handed-over")
    mother.goes_to(f"/cases/{family.case}")
    mother.reads(mother.says("home.ball", **AT_PETER))
    mother.looks_right("case")
    mother.goes_to(f"/cases/{family.case}/threads/{family.thread}/ball")
    mother.reads(mother.says("ball.history"))
    mother.looks_right("history")
    expect(caseworker.page.get_by_text(PETER)).to_have_count(0)


def test_a_deputy_is_named_for_everybody_to_see(village: Village, screens: Screens, family: Place) -> None:
    caseworker, mother = screens.of("caseworker"), screens.of("mother", "desktop")
    mother.goes_to(family)
    caseworker.goes_to(f"/cases/{family.case}/threads/{family.thread}/ball")
    deputy = caseworker.page.get_by_role("region", name=caseworker.says("ball.deputy_title"))
    deputy.get_by_label(caseworker.says("ball.person", name=PETER, title="rådgiver")).check()
    deputy.get_by_role("button", name=caseworker.says("ball.deputy_save")).click()
    caseworker.reads(caseworker.says("ball.deputy", name=PETER))
    caseworker.looks_right("deputy")
    mother.reads(mother.says("ball.deputy", name=PETER), WITHIN_A_SECOND)
    mother.looks_right("deputy")
