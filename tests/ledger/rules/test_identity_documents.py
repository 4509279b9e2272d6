"""Numbers of identity documents: which can be, and what is wrong with the others."""

from datetime import date

import pytest

from pos_app.ledger.rules.identity_documents import (
    DocumentFault,
    DocumentKind,
    DocumentRefused,
    check_digit,
    clean_number,
)

TODAY = date(2026, 6, 15)
RESIDENT, PASSPORT = DocumentKind.RESIDENT_ID, DocumentKind.PASSPORT
HK_MACAO, TAIWAN = DocumentKind.HK_MACAO_PERMIT, DocumentKind.TAIWAN_PERMIT


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (RESIDENT, "110101199003078515", "110101199003078515"),
        (RESIDENT, " 440524 1880 0101 0014", "440524188001010014"),
        (RESIDENT, "11010519491231002x", "11010519491231002X"),
        (PASSPORT, "e12345678", "E12345678"),
        (PASSPORT, "PA-998877", "PA998877"),
        (HK_MACAO, "h01234567", "H01234567"),
        (HK_MACAO, "M0123456701", "M0123456701"),
        (TAIWAN, "01234567", "01234567"),
        (TAIWAN, "0123456789(B)", "0123456789B"),
    ],
)
def test_a_number_is_kept_in_one_form(kind: DocumentKind, typed: str, kept: str) -> None:
    assert clean_number(kind, typed, TODAY) == kept


def test_the_published_example_has_its_check_digit() -> None:
    # GB 11643-1999, annex A
    assert check_digit("11010519491231002") == "X"
    assert check_digit("44052418800101001") == "4"


@pytest.mark.parametrize(
    ("kind", "typed", "fault"),
    [
        (RESIDENT, "", DocumentFault.FORM),
        (RESIDENT, "11010119900307851", DocumentFault.FORM),
        (RESIDENT, "010101199003078515", DocumentFault.FORM),
        (RESIDENT, "\uff1110101199003078515", DocumentFault.FORM),
        (RESIDENT, "110101199002308515", DocumentFault.BORN),
        (RESIDENT, "110101203003078515", DocumentFault.BORN),
        (RESIDENT, "110101199003078516", DocumentFault.CHECK_DIGIT),
        (RESIDENT, "110101199003078155", DocumentFault.CHECK_DIGIT),
        (PASSPORT, "ABCDEF", DocumentFault.FORM),
        (PASSPORT, "E123", DocumentFault.FORM),
        (HK_MACAO, "X01234567", DocumentFault.FORM),
        (TAIWAN, "0123456", DocumentFault.FORM),
    ],
)
def test_a_number_that_cannot_be_is_refused(
    kind: DocumentKind, typed: str, fault: DocumentFault
) -> None:
    with pytest.raises(DocumentRefused) as refused:
        clean_number(kind, typed, TODAY)

    assert (refused.value.kind, refused.value.fault) == (kind, fault)


def test_one_wrong_digit_is_always_found() -> None:
    good = "110101199003078515"
    for place in (0, 3, 5, 14, 15, 16, 17):
        for digit in set("123456789") - {good[place]}:
            with pytest.raises(DocumentRefused):
                clean_number(RESIDENT, good[:place] + digit + good[place + 1 :], TODAY)
