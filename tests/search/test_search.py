from tests.conftest import Village
from tests.people_of import Place


def test_x(village: Village, family: Place) -> None:
    village["mother"].writes(family, "Skolerne er store. ØLGOD ligger i Østjylland, <b>og</b> skolebussen kommer.")
    for q in ("skolen", "ølgod", "østj", '"store skoler"', "skoleb", "skolen -bus", "og", "-far", "skolen or xyz"):
        r = village["caseworker"].post("/api/searches", words=q)
        print(q, r.status_code, r.text[:900])
    assert 0
