"""The screens: frontend/build, and its start page for every address that is a screen's."""

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
OURS = ("api/", "auth/", "_app/")  # an unknown address below these is a 404, not a screen


def _is_ours(path: str) -> bool:
    return f"{path}/".startswith(OURS)


class Pages(StaticFiles):
    def __init__(self, build: Path) -> None:
        super().__init__(directory=build, check_dir=False)
        self._build = build

    async def check_config(self) -> None:
        """Without a build there are no screens, and the API answers all the same."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(405 if not _is_ours(path) else 404)
        try:
            found = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404 or _is_ours(path) or not (self._build / "index.html").exists():
                raise
            found = await super().get_response("index.html", scope)
        return self._compressed(found, scope)

    def _compressed(self, found: Response, scope: Scope) -> Response:
        """The copy that the build compressed beforehand, when the browser takes it."""
        if not isinstance(found, FileResponse) or found.status_code != 200:
            return found
        accepted = next((value.decode("latin-1") for key, value in scope["headers"] if key == b"accept-encoding"), "")
        for encoding, suffix in ENCODINGS:
            copy = Path(f"{found.path}{suffix}")
            if encoding in accepted and copy.exists():
                headers = {"Content-Encoding": encoding, "Vary": "Accept-Encoding"}
                return FileResponse(copy, headers=headers, media_type=found.media_type)
        return found
