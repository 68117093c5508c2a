"""What the demo tells the app and the identity provider through their environment."""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from app.settings import Settings
from tests.village import CAST, MUNICIPALITY, Persona

LEVEL = "https://data.gov.dk/concept/core/nsis/loa/"
GROUPS = {
    "citizens": {"da": "Borger", "en": "Citizen"},
    "staff": {"da": "Ansat i kommunen", "en": "Municipal staff"},
    "schools": {"da": "Skole og dagtilbud", "en": "School and day care"},
}
IDLE_MINUTES = {"citizens": 30, "staff": 15, "schools": 15}


@dataclass(frozen=True)
class Ports:
    """Four in a row."""

    app: int

    @property
    def provider(self) -> int:
        return self.app + 1

    @property
    def mailbox(self) -> int:
        return self.app + 2

    @property
    def smtp(self) -> int:
        return self.app + 3

    def named(self) -> dict[str, int]:
        return {
            "the app": self.app,
            "the identity provider": self.provider,
            "the mailbox": self.mailbox,
            "the mailbox's SMTP": self.smtp,
        }


def kept_secrets(file: Path) -> dict[str, str]:
    """Made once, so that a restart breaks nobody's session."""
    if not file.exists():
        made = {name: secrets.token_urlsafe(32) for name in ("app", *GROUPS)}
        file.touch(mode=0o600)
        file.write_text(json.dumps(made))
    return dict(json.loads(file.read_text()))


def app_environment(settings: Settings, ports: Ports, known: dict[str, str]) -> dict[str, str]:
    issuers = [
        {
            "key": group,
            "name": name,
            "url": provider_url(ports),
            "client_id": f"rundtom-{group}",
            "client_secret": known[group],
            "acr": [f"{LEVEL}Substantial", f"{LEVEL}High"],
            "acr_values": f"{LEVEL}Substantial",
            "idle_minutes": IDLE_MINUTES[group],
        }
        for group, name in GROUPS.items()
    ]
    return {
        "SECRET_KEY": known["app"],
        "ISSUERS": json.dumps(issuers),
        "MUNICIPALITY": MUNICIPALITY,
        "CONCERN_PHONE": "12 34 56 78",
        "PORT": str(ports.app),
        "PUBLIC_URL": settings.public_url,
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(ports.smtp),
        "SMTP_TLS": "none",
        "MAIL_FROM": "Rundtom <rundtom@demo.example>",
    }


def provider_environment(settings: Settings, ports: Ports, known: dict[str, str], keys: Path) -> dict[str, str]:
    clients = [
        {
            "client_id": f"rundtom-{group}",
            "client_secret": known[group],
            "redirect_uris": [f"{origin}/auth/callback/{group}" for origin in settings.origins],
            "post_logout_redirect_uris": [f"{origin}/login" for origin in settings.origins],
            "backchannel_logout_uri": f"{settings.public_url}/auth/backchannel-logout/{group}",
            "backchannel_logout_session_required": True,
            "group": group,
        }
        for group in GROUPS
    ]
    return {
        "PORT": str(ports.provider),
        "ISSUER": provider_url(ports),
        "PERSONAS": json.dumps([_persona(each) for each in CAST]),
        "CLIENTS": json.dumps(clients),
        "KEYS_FILE": str(keys),
    }


def _persona(persona: Persona) -> dict[str, str]:
    told = {"key": persona.key, "name": persona.name, "group": persona.group, "says": persona.says}
    born = {"birthdate": persona.born.isoformat()} if persona.born else {}
    return told | {"email": persona.email} | born


def provider_url(ports: Ports) -> str:
    return f"http://localhost:{ports.provider}"
