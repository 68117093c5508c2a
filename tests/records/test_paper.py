from tests.conftest import Village
from tests.records.story import Everything, paper, data, words_of
from pathlib import Path
import json, time

def test_x(village: Village, story: Everything) -> None:
    for part in ("thread", "report"):
        t=time.time()
        pdf = paper(village["mother"], story.place, part=part)
        print(part, len(pdf), time.time()-t)
        Path(f"/tmp/ex/{part}.pdf").write_bytes(pdf)
    d=data(village["mother"], story.place)
    Path("/tmp/ex/thread.json").write_text(json.dumps(d,indent=1,ensure_ascii=False))
    print(words_of(Path("/tmp/ex/thread.pdf").read_bytes()))
