"""A consent is read aloud by a voice of the device, and by no other."""

from playwright.sync_api import expect

from tests.conftest import Village
from tests.e2e.conftest import Screens
from tests.e2e.consenting import to_the_consent
from tests.people_of import Place

# Chromium without a screen has no voices: one on the device, one that would send the text away.
VOICES = """
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } };
const voices = [false, true].map((localService) => ({ lang: 'da-DK', localService }));
const speech = { getVoices: () => voices, addEventListener() {}, removeEventListener() {}, cancel() {},
                 speak(words) { window.spoken = [words.voice.localService, words.text] } };
Object.defineProperty(window, 'speechSynthesis', { value: speech });
"""


def test_a_consent_is_read_aloud_by_a_voice_of_the_device(village: Village, screens: Screens, family: Place) -> None:
    invitation = village["caseworker"].proposes(family, "teacher")["id"]
    mother = screens.of("mother")
    mother.context.add_init_script(VOICES)
    mother.goes_to(f"/cases/{family.case}/threads/{family.thread}/invitations/{invitation}")
    to_the_consent(mother)
    mother.presses("aloud.read")
    of_the_device, words = mother.page.evaluate("window.spoken")
    assert of_the_device
    assert "At I kan tale om skolen sammen" in words
    mother.presses("aloud.stop")
    expect(mother.finds("aloud.read")).to_be_visible()
