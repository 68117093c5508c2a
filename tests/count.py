"""The last line of `make test`: how many tests ran, whoever ran them."""

import json
import sys
from pathlib import Path
from xml.etree import ElementTree


def main(results: Path) -> int:
    suite = ElementTree.parse(results / "python.xml").getroot().find("testsuite")  # noqa: S314 our own file
    assert suite is not None
    frontend = json.loads((results / "frontend.json").read_text())
    ran = {"python": int(suite.attrib["tests"]), "frontend": int(frontend["numTotalTests"])}
    failed = int(suite.attrib["failures"]) + int(suite.attrib["errors"]) + int(frontend["numFailedTests"])
    print(f"{sum(ran.values())} tests: {', '.join(f'{number} {where}' for where, number in ran.items())}")
    again = len(suite.findall("testcase")) - ran["python"]
    print(f"{sum(ran.values()) - failed} passed, {failed} failed" + (f", {again} only when repeated" if again else ""))
    return 1 if failed or not all(ran.values()) else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
