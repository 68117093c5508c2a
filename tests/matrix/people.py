"""Everybody who tries the doors: a column of matrix.csv each. Names and addresses carry markers of their own."""

from dataclasses import dataclass

ISSUER = "https://provider.example"
UNITS = {
    "families": "family_department",
    "neighbours": "family_department",
    "school": "school",
    "jobs": "job_centre",
    "hall": "municipality",
}


@dataclass(frozen=True)
class Person:
    """`employed`: unit, role. `as_guest`: the role to come into a case as, by invitation."""

    key: str
    employed: tuple[str, str] | None = None
    family: str | None = None
    as_guest: str | None = None


PEOPLE = (
    Person("mother", family="custody_holder"),
    Person("father", family="custody_holder"),  # they live apart: not in the circle of mother and caseworker
    Person("formerholder", family="custody_holder"),  # until custody ended
    Person("birthfather", as_guest="parent"),
    Person("stepfather", as_guest="relative"),
    Person("fosterparent", as_guest="foster_parent"),
    Person("grandmother", family="relative"),
    Person("child", family="child"),  # 13 or 14: logs in, agrees to nothing yet
    Person("boy10"),  # has a place that waits, in the other case: too young to log in
    Person("girl15", family="child"),  # young_person
    Person("supporter", as_guest="support_person"),
    Person("interpreter", as_guest="interpreter"),
    Person("scoutleader", as_guest="volunteer"),
    Person("caseworker", ("families", "caseworker")),
    Person("colleague", ("families", "caseworker")),  # on the other case
    Person("onduty", ("families", "caseworker"), as_guest="professional"),  # once a guest, then in for three hours
    Person("leader", ("families", "leader")),
    Person("neighbour", ("neighbours", "caseworker")),
    Person("teacher", ("school", "professional"), as_guest="professional"),
    Person("kindergarten", as_guest="professional"),  # the place was ended
    Person("healthvisitor", as_guest="professional"),  # the last day has passed
    Person("psychologist", as_guest="professional"),  # paused
    Person("dismissed", ("school", "professional"), as_guest="professional"),  # no longer works there
    Person("jobadviser", ("jobs", "professional")),  # another department
    Person("admin", ("hall", "admin")),
    Person("auditor", ("hall", "auditor")),
    Person("invited"),  # holds a link, has not answered
    Person("outsider"),
)
# Sessions rather than people: nobody, one that has ended, and the colleague's of an hour ago (nothing that asks for a
# fresh login).
NOBODY = ("anonymous", "loggedout")
STALE = "stale"
COLUMNS = (*NOBODY, *(person.key for person in PEOPLE), STALE)
# In the other cases, and in no column.
EXTRAS = (
    Person("parentB", family="custody_holder"),
    Person("parentC", family="custody_holder"),
    Person("helper"),  # a guest in every circle
)
BY_KEY = {person.key: person for person in (*PEOPLE, *EXTRAS)}
