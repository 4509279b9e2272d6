"""A code says itself where it belongs."""

import pytest

from pos_app.ui.scan_routes import SECRET, ScanKind, route


@pytest.mark.parametrize(
    ("code", "kind", "payload"),
    [
        ("M880020417731", ScanKind.MEMBER, "880020417731"),
        ("MBR:880020417731", ScanKind.MEMBER, "880020417731"),
        ("mbr:880020417731", ScanKind.MEMBER, "880020417731"),
        ("901123456789011234567897", ScanKind.MEMBER, "901123456789011234567897"),
        ("CPN:7F3A-20417", ScanKind.COUPON, "7F3A-20417"),
        ("RCP:S20261121-0142", ScanKind.RECEIPT, "S20261121-0142"),
        ("https://shop.example/r/S20261121-0142", ScanKind.RECEIPT, "S20261121-0142"),
        ("https://shop.example/xjh/receipt/S20261121-0142", ScanKind.RECEIPT, "S20261121-0142"),
        ("EMP:0217-4F2A", ScanKind.BADGE, "0217-4F2A"),
        ("134567890123456789", ScanKind.WECHAT_PAYER, "134567890123456789"),
        ("2876543210987654", ScanKind.ALIPAY_PAYER, "2876543210987654"),
        ("301234567890123456789012", ScanKind.ALIPAY_PAYER, "301234567890123456789012"),
        ("13800138000", ScanKind.PHONE, "13800138000"),
        ("+8613800138000", ScanKind.PHONE, "13800138000"),
    ],
)
def test_a_known_code_finds_its_way(code: str, kind: ScanKind, payload: str) -> None:
    scan = route(code)

    assert scan.kind is kind
    assert scan.payload == payload
    assert scan.code == code


@pytest.mark.parametrize(
    "code",
    [
        "",
        "M12",
        "CPN:",
        "CPN:AB CD",
        "164567890123456789",
        "1345678901234567890",
        "13456789012345678",
        "28765432109876",
        "3112345678901234",
        "12800138000",
        "1380013800",
        "138001380001",
        "6901234567892",
        "x13800138000",
        "https://shop.example/other/S20261121-0142",
        "\u0661\u0663\u0668\u0660\u0660\u0661\u0663\u0668\u0660\u0660\u0660",
    ],
)
def test_a_code_that_does_not_match_as_a_whole_is_unknown(code: str) -> None:
    assert route(code).kind is ScanKind.UNKNOWN


def test_a_dynamic_member_code_brings_its_time_and_proof() -> None:
    scan = route("MBR:880020417731:1763700000:A1B2C3D4E5")

    assert (scan.payload, scan.issued, scan.proof) == ("880020417731", "1763700000", "A1B2C3D4E5")


def test_a_signed_member_code_is_all_proof() -> None:
    signed = "6BF+70$8 %*" * 20

    scan = route(f"MBR:{signed}")

    assert (scan.kind, scan.payload, scan.proof) == (ScanKind.MEMBER, "", signed)


def test_blanks_around_a_code_do_not_matter() -> None:
    assert route(" 13800138000 \n").kind is ScanKind.PHONE


def test_a_secret_code_never_shows_more_than_its_tail() -> None:
    scan = route("134567890123456789")

    assert scan.kind in SECRET
    assert scan.tail == "…6789"
    assert "13456789012345" not in repr(scan)
