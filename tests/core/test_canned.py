"""Canned answers: the first set, who edits them, their history, what is filled in, how they fare, when they end."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import clock, language
from core.canned import editing, loading, reading, recognising, wording
from core.canned.fields import fields_of
from core.canned.views import Canned
from core.database.binding import db
from core.errors import Conflict, Invalid, NotAllowed, NotFound
from core.mail import outbox
from core.operations import verify
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import desk, extending, referring, sheets, waiting
from core.tickets.answers import filling, gate, holding, previewing
from core.tickets.citizens import second
from core.tickets.views import Overruled
from core.tramites import history
from tests.harness import cast

FIELDS = {
    "titulo": "Certificado: dónde está",
    "sirve": "rd-certificado, rt",
    "responsable": "Unidad de residencias",
    "base": "Ley 21.325, artículo 5",
    "vigente": "30-06-2027",
    "es": "Puedes descargar el certificado de {tramite} en tu portal.\nSi falla, escríbenos el [[día y hora]].",
    "en": "You can download the certificate of {tramite} in your portal.",
    "ht": "",
    "pt": "",
}


@pytest.fixture
def boss(database: str) -> Staff:
    return cast.analyst("Eva Díaz", role="supervisor")


@pytest.fixture
def owner(database: str) -> Account:
    return cast.account(nombres="Rosa")


def held(actor: Staff, canned_id: int) -> Canned:
    return reading.answer(actor, canned_id)


def deeds(actor: Staff, canned_id: int) -> list[tuple[str, str]]:
    return [(version.deed, version.author) for version in reading.history(actor, canned_id)]


def test_the_first_set_is_loaded_once_in_four_languages(me: Staff) -> None:
    assert loading.load() == len(list((loading.FOLDER / "es").glob("*.txt"))) >= 20
    assert loading.load() == 0
    answers = reading.answers(me)
    assert [each.code for each in answers if not all(each.page.texts[code] for code in language.LANGUAGES)] == []
    assert {frozenset(each.page.unreviewed) for each in answers} == {frozenset({"ht", "pt"})}
    assert [each.code for each in answers if each.page.is_expired or not each.page.owner or not each.page.law] == []


def test_what_the_staff_wrote_is_never_loaded_over(boss: Staff, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    loading.load()
    touched, left = reading.answers(boss)[:2]
    editing.change(boss, touched.id, 1, {**fields_of(touched.page), "es": "Ahora es otra cosa."})
    newer = {each.code: loading.first_set()[each.code] for each in (touched, left)}
    for page in newer.values():
        page.texts["es"] = "Lo nuevo de data/."  # type: ignore[index]
    monkeypatch.setattr(loading, "first_set", lambda: newer)
    assert loading.load() == 1
    assert held(boss, touched.id).page.texts["es"] == "Ahora es otra cosa."
    assert held(boss, left.id).page.texts["es"] == "Lo nuevo de data/."


def test_supervisors_write_and_change_and_every_version_is_kept(boss: Staff) -> None:
    number = editing.write(boss, FIELDS)
    editing.change(boss, number, 1, {**FIELDS, "titulo": "Certificado"})
    editing.expire(boss, number, 2)
    assert held(boss, number).page.is_expired
    editing.restore(boss, number, 3, 1)
    now = held(boss, number)
    assert (now.page.title, now.page.expires_on, now.version.number) == ("Certificado: dónde está", date(2027, 6, 30), 4)
    assert deeds(boss, number) == [(deed, "Eva Díaz") for deed in ("restaurada", "caducada", "cambiada", "escrita")]


def test_analysts_read_and_do_not_edit(me: Staff, boss: Staff) -> None:
    number = editing.write(boss, FIELDS)
    assert [each.id for each in reading.answers(me)] == [number]
    for verb in (
        lambda: editing.write(me, FIELDS),
        lambda: editing.change(me, number, 1, FIELDS),
        lambda: editing.expire(me, number, 1),
        lambda: editing.restore(me, number, 1, 1),
    ):
        with pytest.raises(NotAllowed):
            verb()


def test_of_two_who_change_it_the_second_is_told(boss: Staff) -> None:
    other = cast.analyst("Luis Soto", role="admin")
    number = editing.write(boss, FIELDS)
    editing.change(other, number, 1, {**FIELDS, "base": "Ley 19.880"})
    with pytest.raises(Conflict, match="Luis Soto"):
        editing.change(boss, number, 1, FIELDS)
    assert held(boss, number).page.law == "Ley 19.880"


def test_two_with_one_title_are_refused_and_what_is_not_there_is_not_found(boss: Staff) -> None:
    number = editing.write(boss, FIELDS)
    with pytest.raises(Conflict, match="otro título"):
        editing.write(boss, {**FIELDS, "titulo": "CERTIFICADO: donde está"})
    with pytest.raises(NotFound):
        reading.answer(boss, 999)
    with pytest.raises(NotFound):
        editing.restore(boss, number, 1, 7)


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"titulo": " "}, "titulo", "Escribe un título"),
        ({"responsable": ""}, "responsable", "quién responde"),
        ({"base": ""}, "base", "la ley"),
        ({"base": "x" * 121}, "base", "caben 120"),
        ({"vigente": "mañana"}, "vigente", "30-06-2027"),
        ({"vigente": "31-02-2027"}, "vigente", "30-06-2027"),
        ({"sirve": "rt, nada"}, "sirve", "nada"),
        ({"es": "\u200b"}, "es", "en español"),
        ({"es": "Hola {nombre} {apodo}"}, "es", "{apodo}"),
        ({"es": "Hola {nombre} {apodo}"}, "es", "{folio}"),
        ({"es": "Hola {nombre"}, "es", "sin su pareja"),
        ({"en": "Hi [[name]"}, "en", "sin su pareja"),
        ({"ht": "x" * 5001}, "ht", "caben 5000"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(boss: Staff, changed: dict[str, str], field: str, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        editing.write(boss, {**FIELDS, **changed})
    assert set(refused.value.fields) == {field}
    assert words in refused.value.fields[field]


def test_a_translation_that_stays_behind_has_to_be_reviewed(boss: Staff) -> None:
    number = editing.write(boss, FIELDS)
    editing.change(boss, number, 1, {**FIELDS, "es": "Puedes descargarlo."})
    assert held(boss, number).page.unreviewed == {"en"}
    editing.change(boss, number, 2, {**FIELDS, "es": "Puedes descargarlo.", "en": "You can download it."})
    assert held(boss, number).page.unreviewed == frozenset()


def test_variables_are_filled_from_the_ticket_and_what_is_unknown_becomes_a_hole(boss: Staff, owner: Account) -> None:
    history.import_rows([{"id": "12345678", "tipo": "Residencia", "estado": "En análisis", "correo": owner.email, "creado": ""}])
    row = cast.row_of(cast.ticket(owner), boss)
    every = " | ".join(f"{{{name}}}" for name in wording.VARIABLES)
    number = editing.write(boss, {**FIELDS, "es": every})
    text, language = filling.filled(held(boss, number).page, sheets.open_sheet(boss, row.id), "Eva Díaz")
    assert language == "es"
    assert text.split(" | ") == [
        "Rosa",
        "Rosa Quispe Mamani",
        row.folio,
        "Consulta",
        "Permanencia transitoria",
        "Prórroga de permanencia transitoria",
        "12345678",
        "Análisis",
        "[[región que indicó]]",
        "lunes 23 de noviembre",
        "lunes 7 de diciembre",
        "[[día en que vence el plazo de la persona]]",
        "Eva Díaz",
    ]


def test_a_language_without_a_text_gets_the_spanish_one_and_says_so(boss: Staff) -> None:
    page = held(boss, editing.write(boss, FIELDS)).page
    assert [page.in_language(code)[1] for code in ("es", "en", "ht")] == ["es", "en", "es"]


def test_what_fits_the_categoria_comes_before_what_fits_the_materia(boss: Staff) -> None:
    page = held(boss, editing.write(boss, FIELDS)).page
    assert [page.fits("rd", "rd-certificado"), page.fits("rt", "rt-pago"), page.fits("mu", "mu-pago")] == [2, 1, 0]


@given(st.text(max_size=120))
def test_any_text_is_filled_or_refused_and_filling_leaves_no_variable(text: str) -> None:
    if not wording.complaint(text):
        assert wording.VARIABLE.search(wording.fill(text, dict.fromkeys(wording.VARIABLES, "x"))) is None


def test_holes_are_found_one_after_the_other_and_then_the_first_again() -> None:
    text = "a [[uno]] b [[dos]]"
    assert wording.next_hole(text) == (2, 9)
    assert wording.next_hole(text, 9) == (12, 19)
    assert wording.next_hole(text, 19) == (2, 9)
    assert wording.next_hole("nada") is None


def test_a_text_says_a_canned_answer_until_most_of_it_is_written_anew(boss: Staff) -> None:
    number = editing.write(boss, FIELDS)
    said = "Hola Rosa:\nPUEDES descargar el certificado de 123 en tu portal. Si falla, escribenos el lunes. ¡Suerte!"
    assert [each.canned_id for each in recognising.said_in(said)] == [number]
    assert recognising.said_in("Puedes ver otra cosa en tu portal.") == ()
    editing.change(boss, number, 1, {**FIELDS, "es": "Todo lo nuevo, que no se parece a lo anterior.", "en": ""})
    assert [(each.canned_id, each.number) for each in recognising.said_in(said)] == [(number, 1)]


def answered(owner: Account, me: Staff, text: str, key: str) -> str:
    folio = cast.ticket(owner)
    row = cast.row_of(folio, me)
    desk.reply(me, row.id, row.version, text, key)
    return folio


def test_the_share_of_second_tickets_is_counted_with_its_number(boss: Staff, owner: Account) -> None:
    number = editing.write(boss, FIELDS)
    text = "Puedes descargar el certificado de 1 en tu portal. Si falla, escríbenos el lunes."
    assert held(boss, number).second_share is None
    for key in "ab":
        answered(cast.account(), boss, text, key)
    folio = answered(owner, boss, text, "c")
    answered(cast.account(), boss, "Listo, con palabras propias.", "d")
    second.open_second(owner, folio, "No me sirvió", "llave")
    second.open_second(owner, folio, "No me sirvió", "llave")
    now = held(boss, number)
    assert (now.answered, now.seconds, now.second_share) == (3, 1, 1 / 3)
    assert list(verify.verify()) == []
    with db.connection_context() if db.is_closed() else db.atomic():
        db.execute_sql("UPDATE canned SET answered = 9")
    assert any("respuesta tipo" in line for line in verify.verify())


def test_an_expired_canned_answer_cannot_be_sent_whatever_the_reason(boss: Staff, owner: Account) -> None:
    number = editing.write(boss, FIELDS)
    text = "Puedes descargar el certificado de 1 en tu portal. Si falla, escríbenos el lunes."
    editing.expire(boss, number, 1)
    row = cast.row_of(cast.ticket(owner), boss)
    with pytest.raises(gate.Stopped) as stopped:
        desk.reply(boss, row.id, row.version, text, "k", Overruled(frozenset({"caducada"}), "Da lo mismo"))
    assert [(each.code, each.hard) for each in stopped.value.findings] == [("caducada", True)]
    editing.restore(boss, number, 2, 1)
    assert gate.look(boss, row.id, "respuesta", text) == ()


def test_the_preview_is_the_letter_that_goes_out_but_for_the_grades_link(boss: Staff, owner: Account) -> None:
    row = cast.row_of(cast.ticket(owner), boss)
    shown = previewing.preview(boss, row.id, "respuesta", "Listo: puedes verlo.")
    before = outbox.count_of(owner.id)
    desk.reply(boss, row.id, row.version, "Listo: puedes verlo.", "k")
    letter = outbox.letters_of(owner.id)[0]
    grade = next(word for word in letter.body.split() if "/encuesta/" in word)
    assert outbox.count_of(owner.id) == before + 1
    assert (shown.subject, shown.body) == (letter.subject, letter.body.replace(grade, outbox.link("/encuesta/…")))


def test_a_note_has_no_letter(boss: Staff, owner: Account) -> None:
    row = cast.row_of(cast.ticket(owner), boss)
    with pytest.raises(Conflict):
        previewing.preview(boss, row.id, "nota", "x")


@pytest.mark.parametrize(
    ("kind", "letter", "aside"),
    [("pedido", "antecedents", ""), ("ampliacion", "extension", "3"), ("derivacion", "referral", "SII")],
)
def test_every_kind_of_letter_can_be_seen_before_it_goes(boss: Staff, owner: Account, kind: str, letter: str, aside: str) -> None:
    row = cast.row_of(cast.ticket(owner), boss)
    text = "Puedes mirar el comprobante."
    shown = previewing.preview(boss, row.id, kind, text, aside)
    verbs = {
        "pedido": lambda: waiting.ask(boss, row.id, row.version, text, "k"),
        "ampliacion": lambda: extending.extend(boss, row.id, row.version, 3, text, "k"),
        "derivacion": lambda: referring.refer(boss, row.id, row.version, aside, text, "k"),
    }
    verbs[kind]()
    sent = outbox.letters_of(owner.id)[0]
    assert (sent.kind, sent.subject, sent.body) == (letter, shown.subject, shown.body)


def test_an_answer_on_hold_counts_once_it_has_gone_out(boss: Staff, owner: Account) -> None:
    number = editing.write(boss, FIELDS)
    row = cast.row_of(cast.ticket(owner), boss)
    text = "Puedes descargar el certificado de 1 en tu portal. Si falla, escríbenos el lunes."
    holding.hold(boss, row.id, row.version, text, "k")
    assert held(boss, number).answered == 0
    clock.advance(holding.SECONDS + 1)
    holding.release_due()
    assert held(boss, number).answered == 1
