"""The last line of `make test`: how many tests ran, whoever ran them."""

import json
import sys
from pathlib import Path
from xml.etree import ElementTree


def main(results: Path) -> int:
    ran, failed, again = {}, 0, 0
    for who in ("python", "browser", "alone"):
        suite = ElementTree.parse(results / f"{who}.xml").getroot().find("testsuite")  # noqa: S314 our own file
        assert suite is not None
        ran[who] = int(suite.attrib["tests"])
        failed += int(suite.attrib["failures"]) + int(suite.attrib["errors"])
        again += len(suite.findall("testcase")) - ran[who]
    frontend = json.loads((results / "frontend.json").read_text())
    ran["frontend"], failed = int(frontend["numTotalTests"]), failed + int(frontend["numFailedTests"])
    print(f"{sum(ran.values())} tests: {', '.join(f'{number} {who}' for who, number in ran.items())}")
    print(f"{sum(ran.values()) - failed} passed, {failed} failed" + (f", {again} only when repeated" if again else ""))
    return 1 if failed or not all(ran.values()) else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
