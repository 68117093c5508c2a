"""The cast: the people of the demo municipality, used by the tests and the demo alike.

Each persona's name is its `login_hint` and its subject at the demo's identity provider.
"""

from dataclasses import dataclass
from datetime import date

MUNICIPALITY = "Solbæk Kommune"


@dataclass(frozen=True)
class Persona:
    key: str
    name: str
    group: str  # which sign-in button: citizens, staff or schools
    says: str  # one line on the picker, Danish
    born: date | None = None
    employed: tuple[str, str, str] | None = None  # (unit key, title, employment role)

    @property
    def email(self) -> str:
        return f"{self.key}@demo.example"


UNITS = {
    # key: (name, kind)
    "municipality": (MUNICIPALITY, "municipality"),
    "families": ("Familieafdelingen", "family_department"),
    "school": ("Solbæk Skole", "school"),
    "kindergarten": ("Børnehaven Solstrålen", "kindergarten"),
    "healthvisitors": ("Sundhedsplejen", "health_visitors"),
    "psychology": ("PPR Solbæk", "school_psychology"),
    "jobcentre": ("Jobcenter Solbæk", "job_centre"),
    "neighbours": ("Familieafdelingen i Nordby Kommune", "family_department"),
}

CAST = (
    Persona("mother", "Mette Holm", "citizens", "Mor til Sofie og Emil", date(1986, 4, 12)),
    Persona("father", "Jonas Krogh", "citizens", "Far til Sofie og Emil, bor for sig selv", date(1984, 9, 3)),
    Persona("grandmother", "Inger Holm", "citizens", "Mormor til Sofie og Emil", date(1957, 1, 27)),
    Persona("girl15", "Sofie Holm Krogh", "citizens", "15 år, går i 9. klasse", date(2011, 5, 19)),
    Persona(
        "boy10",
        "Emil Holm Krogh",
        "citizens",
        "10 år, har ikke MitID: mor eller Karen skriver ned, hvad han siger",
        date(2016, 8, 30),
    ),
    Persona(
        "caseworker",
        "Karen Lindqvist",
        "staff",
        "Rådgiver i Familieafdelingen",
        employed=("families", "rådgiver", "caseworker"),
    ),
    Persona(
        "colleague",
        "Peter Damgaard",
        "staff",
        "Rådgiver i Familieafdelingen, kollega",
        employed=("families", "rådgiver", "caseworker"),
    ),
    Persona(
        "leader",
        "Hanne Brandt",
        "staff",
        "Faglig leder i Familieafdelingen",
        employed=("families", "faglig leder", "leader"),
    ),
    Persona(
        "teacher", "Anders Winther", "schools", "Lærer på Solbæk Skole", employed=("school", "lærer", "professional")
    ),
    Persona(
        "kindergarten",
        "Lone Friis",
        "schools",
        "Leder af den private Børnehaven Solstrålen, også spejderleder",
        employed=("kindergarten", "leder af børnehave", "professional"),
    ),
    Persona(
        "healthvisitor",
        "Birgit Toft",
        "staff",
        "Sundhedsplejerske",
        employed=("healthvisitors", "sundhedsplejerske", "professional"),
    ),
    Persona(
        "psychologist", "Thomas Juul", "staff", "Psykolog i PPR", employed=("psychology", "psykolog", "professional")
    ),
    Persona("stepfather", "Rasmus Lund", "citizens", "Sofies og Emils stedfar", date(1982, 2, 14)),
    Persona("birthfather", "Dennis Kjær", "citizens", "Far uden forældremyndighed", date(1985, 11, 6)),
    Persona("fosterparent", "Lisbeth Mørk", "citizens", "Plejemor", date(1971, 6, 30)),
    Persona("supporter", "Ulla Riis", "citizens", "Bisidder", date(1964, 3, 9)),
    Persona("interpreter", "Samira Haddad", "citizens", "Tolk", date(1990, 10, 21)),
    Persona("scoutleader", "Jørgen Dahl", "citizens", "Spejderleder, frivillig", date(1979, 12, 1)),
    Persona(
        "jobadviser",
        "Bo Kragh",
        "staff",
        "Rådgiver i jobcentret",
        employed=("jobcentre", "jobrådgiver", "professional"),
    ),
    Persona(
        "neighbour",
        "Vibeke Storm",
        "staff",
        "Rådgiver i en anden kommune",
        employed=("neighbours", "rådgiver", "caseworker"),
    ),
    Persona("outsider", "Claus Berg", "citizens", "Kender ingen i sagerne"),
    Persona(
        "admin",
        "Rikke Vang",
        "staff",
        "Administrator, ser ikke indhold",
        employed=("municipality", "administrator", "admin"),
    ),
    Persona(
        "auditor",
        "Niels Østergaard",
        "staff",
        "Databeskyttelse, ser kun loggen",
        employed=("municipality", "databeskyttelsesrådgiver", "auditor"),
    ),
)

BY_KEY = {persona.key: persona for persona in CAST}
