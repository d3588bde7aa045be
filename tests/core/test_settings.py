"""Every setting is checked at the start, and a wrong one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import Misconfigured
from core.settings import Settings, load

KEY = "una-clave-larga-de-treinta-y-dos-letras-o-mas"
GOOD = {"AYUDA_BASE_URL": "https://ayuda.example", "AYUDA_SECRET_KEY": KEY, "AYUDA_HOME": "/srv/ayuda"}


def read(**changed: str) -> Settings:
    return load({**GOOD, **changed})


@pytest.mark.parametrize(
    ("given", "remote"),
    [
        ({}, False),
        ({"SSH_CONNECTION": "10.0.0.7 50000 10.0.0.1 22"}, True),
        ({"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"}, True),
        ({"TEXTUAL_DRIVER": "textual.drivers.linux_driver:LinuxDriver"}, False),
    ],
)
def test_a_terminal_over_ssh_or_in_a_browser_is_before_another_machine(given: dict[str, str], remote: bool) -> None:
    assert read(**given).remote is remote


def test_good_settings_are_read() -> None:
    settings = read(AYUDA_TRUSTED_PROXIES="10.0.0.1, 10.0.0.2")
    assert settings.base_url == "https://ayuda.example"
    assert settings.database_url == "sqlite:////srv/ayuda/ayuda.db"
    assert settings.env == "production"
    assert settings.trusted_proxies == ("10.0.0.1", "10.0.0.2")


def test_files_lie_beside_the_database_unless_another_folder_is_named() -> None:
    assert read().attachments == Path("/srv/ayuda/attachments")
    assert read(AYUDA_ATTACHMENTS_URL="file:///srv/los%20archivos").attachments == Path("/srv/los archivos")
    for url in ("tcp://127.0.0.1:3310", "tcp://clamd", "unix:///run/clamav/clamd.ctl"):
        assert read(AYUDA_CLAMD_URL=url).clamd_url == url


def test_the_keys_come_newest_first_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text(f"{KEY}-nueva\n\n{KEY}-vieja\n")
    settings = load({**GOOD, "AYUDA_SECRET_KEY": "", "AYUDA_SECRET_KEY_FILE": str(file)})
    assert settings.secret_keys == (f"{KEY}-nueva", f"{KEY}-vieja")


@pytest.mark.parametrize("missing", ["AYUDA_BASE_URL", "AYUDA_SECRET_KEY"])
def test_production_wants_its_own_address_and_key(missing: str) -> None:
    with pytest.raises(Misconfigured, match=missing):
        load({name: value for name, value in GOOD.items() if name != missing})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AYUDA_ENV", "produccion"),
        ("AYUDA_BASE_URL", "ayuda.example"),
        ("AYUDA_BASE_URL", "https://ayuda.example/?a=1"),
        ("AYUDA_BASE_URL", "https://ayuda.example:puerto"),
        ("AYUDA_DATABASE_URL", "mysql://localhost/ayuda"),
        ("AYUDA_DATABASE_URL", "sqlite://"),
        ("AYUDA_DATABASE_URL", "ayuda.db"),
        ("AYUDA_SECRET_KEY", "corta"),
        ("AYUDA_SECRET_KEY", f"{KEY}\ncorta"),
        ("AYUDA_ATTACHMENTS_URL", "s3://cubo/ayuda"),
        ("AYUDA_ATTACHMENTS_URL", "file://relativa"),
        ("AYUDA_ATTACHMENTS_URL", "file:///"),
        ("AYUDA_CLAMD_URL", "clamd"),
        ("AYUDA_CLAMD_URL", "tcp://:3310"),
        ("AYUDA_CLAMD_URL", "tcp://127.0.0.1:no"),
        ("AYUDA_CLAMD_URL", "unix:clamd.ctl"),
        ("AYUDA_SMTP_URL", "http://correo.example"),
        ("AYUDA_SMTP_URL", "smtp://"),
        ("AYUDA_SMTP_URL", "smtp://correo.example:99999999"),
        ("AYUDA_SMTP_URL", "maildir:"),
        ("AYUDA_MAIL_FROM", "nadie"),
        ("AYUDA_MAIL_FROM", "a@b.example\r\nBcc: c@d.example"),
        ("AYUDA_NOW", "2026-11-23T10:00:00-03:00"),
        ("AYUDA_TRUSTED_PROXIES", "127.0.0.1, nginx"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(name: str, value: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        read(**{name: value})
    assert name in refused.value.message
    assert "\n" not in refused.value.message


def test_an_unreadable_key_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="AYUDA_SECRET_KEY_FILE"):
        load({**GOOD, "AYUDA_SECRET_KEY": "", "AYUDA_SECRET_KEY_FILE": str(tmp_path / "nothing")})


def test_tests_may_set_the_clock() -> None:
    assert read(AYUDA_ENV="test", AYUDA_NOW="2026-11-23T10:00:00-03:00").now == 1_795_438_800


def test_a_time_that_is_none_is_named() -> None:
    with pytest.raises(Misconfigured, match="AYUDA_NOW"):
        read(AYUDA_ENV="test", AYUDA_NOW="mañana")


@pytest.mark.parametrize(
    "url",
    ["smtp://correo.example:25", "smtps://u:p@correo.example", "smtp+starttls://u:p@correo.example:587", "maildir:/srv/correo"],
)
def test_every_way_to_send_mail_is_accepted(url: str) -> None:
    assert read(AYUDA_SMTP_URL=url).smtp_url == url


CLAVEUNICA = {"AYUDA_CLAVEUNICA_CLIENT_ID": "ayuda", "AYUDA_CLAVEUNICA_CLIENT_SECRET": "secreto-de-prueba"}


def test_claveunica_is_off_until_it_is_set() -> None:
    assert read().claveunica_client_id == ""
    settings = read(**CLAVEUNICA)
    assert (settings.claveunica_client_id, settings.claveunica_url) == ("ayuda", "https://accounts.claveunica.gob.cl")
    assert "secreto-de-prueba" not in repr(settings)


@pytest.mark.parametrize("missing", sorted(CLAVEUNICA))
def test_half_of_claveunica_is_one_line_that_names_the_other_half(missing: str) -> None:
    with pytest.raises(Misconfigured, match=f"Falta {missing}") as refused:
        read(**{**CLAVEUNICA, missing: ""})
    assert "\n" not in refused.value.message


def test_an_address_of_claveunica_without_its_credentials_is_half_a_setting() -> None:
    with pytest.raises(Misconfigured, match="AYUDA_CLAVEUNICA_CLIENT_ID"):
        read(AYUDA_ENV="test", AYUDA_CLAVEUNICA_URL="http://127.0.0.1:9000")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9000", "https://accounts.claveunica.example"])
def test_another_claveunica_is_for_tests_only(url: str) -> None:
    assert read(**CLAVEUNICA, AYUDA_ENV="test", AYUDA_CLAVEUNICA_URL=f"{url}/").claveunica_url == url
    with pytest.raises(Misconfigured, match="AYUDA_CLAVEUNICA_URL"):
        read(**CLAVEUNICA, AYUDA_CLAVEUNICA_URL=url)


def test_a_claveunica_that_is_no_web_address_is_named() -> None:
    with pytest.raises(Misconfigured, match="AYUDA_CLAVEUNICA_URL"):
        read(**CLAVEUNICA, AYUDA_ENV="test", AYUDA_CLAVEUNICA_URL="accounts.claveunica.example")
