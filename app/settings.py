"""The only reader of the environment. Every setting stands in README's table."""

import secrets
from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings

LOOPBACK = ("localhost", "127.0.0.1", "::1")
TEXTS = Path(__file__).parent.parent / "frontend" / "src" / "lib" / "text"
GUIDANCE = Path(__file__).parent / "guidance" / "guidance.toml"
BUILD = Path(__file__).parent.parent / "frontend" / "build"


class Issuer(BaseModel):
    """One OpenID provider that we trust. `acr` lists the accepted levels: any other level, or none, is refused."""

    key: str = Field(pattern=r"^[a-z][a-z0-9-]{0,30}$")
    name: dict[str, str]
    url: str
    client_id: str
    client_secret: SecretStr
    acr: list[str]
    acr_values: str | None = None
    idle_minutes: int = Field(30, ge=6)  # the warning stands for five of them

    @field_validator("url")
    @classmethod
    def encrypted(cls, url: str) -> str:
        if not url.startswith("https://") and urlsplit(url).hostname not in LOOPBACK:
            raise ValueError("a provider must be https, except on loopback")
        return url


class Settings(BaseSettings):
    database_url: str | None = None
    database_owner_url: str | None = None
    database_live_url: str | None = None
    database_worker_url: str | None = None
    pgbin: Path | None = None
    data_dir: Path = Path("var")
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    # Signs the short-lived login cookies; several processes of one installation need the same.
    secret_key: SecretStr = Field(default_factory=lambda: SecretStr(secrets.token_urlsafe(32)))
    issuers: list[Issuer] = []
    municipality: str = "Kommunen"
    smtp_host: str = "localhost"
    smtp_port: int = 25
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_tls: Literal["none", "starttls", "tls"] = "none"
    mail_from: str = "rundtom@localhost"
    posts_per_minute: int = 120
    searches_per_minute: int = 30
    logins_per_10_minutes: int = 300
    invitations_per_day: int = 50
    duty_accesses_per_day: int = 5
    copies_per_hour: int = 30
    # Notifications from citizens without a login, kept: by address, and in all.
    concerns_per_hour: int = 20
    concerns_per_hour_in_all: int = 200
    # Whom to ring up about a child, day and night. None: the pages say where to find the number.
    concern_phone: str | None = Field(default=None, pattern=r"^\+?[0-9][0-9 ]{2,29}$")
    # Where the protected house has its door, if it has one: an address that begins with https:// or /.
    protected_door: str | None = Field(default=None, pattern=r"^(https://\S+|/[^/\s]\S*)$")
    # Whose consent an invitation takes; each invitation keeps the rule that it was proposed under.
    consent_givers: Literal["one_custody_holder", "every_custody_holder"] = "one_custody_holder"
    consent_of_young_person: bool = True
    # Days in which whoever wrote a note answers when the family says that it is not right; each keeps its own last day.
    note_answer_days: int = Field(default=7, ge=1, le=60)
    # After so many days without a word from the family a case stands under "quiet" in its caseworker's list.
    silence_days: int = Field(default=14, ge=1, le=365)
    # What the municipality asks of itself where the law gives more time (app/clocks): {"receipt": {"working_days": 2}}.
    clock_targets: dict[str, dict[str, int]] = {}
    # What professionals are told by the kind of their worry (app/guidance).
    guidance: Path = GUIDANCE
    # Files: none is longer than this; so much one person may share in one dialogue, and so often.
    file_bytes: int = Field(default=20_000_000, ge=1_000_000, le=100_000_000)
    file_bytes_per_person: int = 1_000_000_000
    files_per_hour: int = 60
    # Where they lie: DATA_DIR/files, or a URL (s3://bucket/folder) with what its store needs to know.
    files_url: str | None = None
    files_options: dict[str, SecretStr] = {}
    clamav_socket: str | None = Field(default=None, pattern=r"^(/.+|.+:\d+)$")
    forwarded_allow_ips: str | None = None

    @field_validator("issuers")
    @classmethod
    def issuers_agree(cls, issuers: list[Issuer]) -> list[Issuer]:
        if len({issuer.key for issuer in issuers}) < len(issuers):
            raise ValueError("two issuers have the same key")
        # One provider's identities are the same by whichever key they came: the laxer one would be the way in.
        if len({(issuer.url, *sorted(issuer.acr)) for issuer in issuers}) > len({issuer.url for issuer in issuers}):
            raise ValueError("the same provider is named with different levels (acr)")
        return issuers

    @model_validator(mode="after")
    def fill_and_check(self) -> "Settings":
        self.public_url = (self.public_url or f"http://localhost:{self.port}").rstrip("/")
        if not self.secure and not self.on_loopback:
            raise ValueError("PUBLIC_URL must be https, except on loopback")
        urls = (self.database_url, self.database_owner_url, self.database_live_url, self.database_worker_url)
        if any(urls) and not all(urls):
            raise ValueError("DATABASE_URL, DATABASE_OWNER_URL, DATABASE_LIVE_URL, DATABASE_WORKER_URL: all or none")
        return self

    @property
    def secure(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def on_loopback(self) -> bool:
        return urlsplit(self.public_url).hostname in LOOPBACK

    @property
    def files_on_loopback(self) -> bool:
        """Only there may a store be spoken to in the clear."""
        endpoint = self.files_options.get("endpoint")
        return endpoint is not None and urlsplit(endpoint.get_secret_value()).hostname in LOOPBACK

    @property
    def origins(self) -> tuple[str, ...]:
        """The exact origins a browser may come from; the first is the public one."""
        if self.secure:
            return (self.public_url,)
        port = urlsplit(self.public_url).port
        others = [f"http://{host}:{port}" for host in ("localhost", "127.0.0.1")]
        return tuple(dict.fromkeys([self.public_url, *others]))

    @property
    def cookie_name(self) -> str:
        return "__Host-rundtom" if self.secure else "rundtom"


@cache
def get_settings() -> Settings:
    return Settings()
