"""A plan on the screen: what people do there, by its words."""

from playwright.sync_api import Locator

from tests.cases.test_children import born
from tests.conftest import Village
from tests.e2e.person import OnScreen
from tests.people_of import Place
from tests.village import BY_KEY


def dialogue_with_girl(village: Village) -> Place:
    """Mother and girl decide side by side: she is fifteen. The teacher is in, too."""
    family = [
        {"name": BY_KEY["mother"].name, "email": BY_KEY["mother"].email, "capacity": "mor", "role": "custody_holder"},
        {"name": BY_KEY["girl15"].name, "email": BY_KEY["girl15"].email, "capacity": "mig selv", "role": "child"},
    ]
    place = village["caseworker"].opens_dialogue(
        family=family, child_name="Sofie", child_born=born(15).isoformat(), purpose="Sådan får Sofie det bedre"
    )
    invitation = village["caseworker"].proposes(place, "teacher", history=True)
    for giver in ("mother", "girl15"):
        village[giver].agrees(place, invitation)
    village["teacher"].accepts(village.link_for("teacher"))
    return place


def at_plan(person: OnScreen, place: Place) -> OnScreen:
    person.goes_to(f"/cases/{place.case}/threads/{place.thread}/plan")
    return person


def card(person: OnScreen, words: str) -> Locator:
    return person.page.locator("article.plan-goal").filter(has_text=words)


def action(person: OnScreen, words: str) -> Locator:
    return person.page.locator("li.plan-action").filter(has_text=words)


def tap(person: OnScreen, where: Locator, key: str, **values: str) -> None:
    """A button inside some part of the page."""
    where.get_by_role("button", name=person.says(key, **values), exact=True).first.click()


def facts(where: Locator) -> str:
    """What stands there for everybody, to the last sign."""
    # Ids are made anew in each browser.
    return where.locator(".plan-facts").first.evaluate(
        "it => it.innerHTML.replace(/s\\d+-words|c\\d+-words/g, '').replace(/<!--.*?-->/g, '')"
    )
