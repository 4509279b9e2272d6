"""The programme document is obeyed as it stands, and anything else is refused."""

import re
from datetime import time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ledger.rules.programme import (
    LARGEST_DOCUMENT_BYTES,
    Programme,
    ProgrammeRefused,
    parse_programme,
)
from tests.ledger.rules.shipped_programme import DOCUMENT, changed, refusal


def test_the_shipped_programme_parses_key_by_key() -> None:
    programme = parse_programme(DOCUMENT)

    assert programme.points.redeem_step == 100
    assert programme.rounding.cash_rounding_unit_fen == 10
    assert programme.tier[3].member_day.pct == 70
    assert programme.tier[3].member_day.priority_queue
    assert programme.stored_value.ladder[2].bonus_fen == 15000
    assert programme.second_factor.pin.max_failures == 5
    assert programme.growth.on_register == 0
    assert programme.backup.times[2] == time(22, 30)
    assert programme.zone == ZoneInfo("Asia/Shanghai")
    assert programme.cutover == time(4)


def test_a_version_names_the_programme_its_day_and_its_bytes() -> None:
    first = parse_programme(DOCUMENT).version
    second = parse_programme(DOCUMENT + b"\n").version

    assert re.fullmatch(r"default-cn-retail/2026-01-01/[0-9a-f]{8}", first)
    assert first != second


def test_the_effective_day_of_a_version_is_that_of_the_store() -> None:
    programme = parse_programme(changed("effective_from", '"2026-05-31T16:00:00+00:00"'))

    assert "/2026-06-01/" in programme.version


def test_a_moment_may_be_written_without_quotes() -> None:
    programme = parse_programme(changed("effective_from", "2026-01-01T00:00:00+08:00"))

    assert programme.effective_from == parse_programme(DOCUMENT).effective_from


def test_a_programme_finds_its_templates_and_tiers_by_code() -> None:
    programme = parse_programme(DOCUMENT)

    voucher = programme.template("NEW5")

    assert voucher is not None
    assert (voucher.type, voucher.face_fen, voucher.pct, voucher.valid_days) == (
        "voucher",
        500,
        100,
        30,
    )
    assert programme.template("GONE") is None
    assert programme.tier_named("GOLD").name == "金卡会员"


def test_a_tier_that_the_programme_no_longer_has_is_the_lowest() -> None:
    assert parse_programme(DOCUMENT).tier_named("PLATINUM").code == "BASE"


def test_a_programme_cannot_be_changed() -> None:
    programme = parse_programme(DOCUMENT)

    with pytest.raises(ValueError, match="frozen"):
        programme.points.redeem_step = 1

    assert hash(programme) == hash(parse_programme(DOCUMENT))


def test_a_missing_key_and_an_unknown_key_are_named() -> None:
    lines = DOCUMENT.decode().splitlines()
    missing = "\n".join(line for line in lines if not line.startswith("redeem_step")).encode()
    unknown = changed("points.redeem_step", "100\nredeem_stop = 1")

    assert (refusal(missing).key, refusal(missing).rule) == ("points.redeem_step", "missing_key")
    assert refusal(missing).value == ""
    assert (refusal(unknown).key, refusal(unknown).rule) == ("points.redeem_stop", "unknown_key")
    assert refusal(unknown).value == "1"


@pytest.mark.parametrize(
    ("document", "rule"),
    [
        (b"", "missing_key"),
        (b"\xff\xfe", "not_toml"),
        (b"points = ", "not_toml"),
        (b"points = 2026-13-45", "not_toml"),
        (b"points = [" + b"[" * 900, "too_deep"),
        (b"\n[" * 2000, "not_toml"),
        (b".".join([b"a"] * 5000) + b" = 1", "line_too_long"),
        (b"#\n" * LARGEST_DOCUMENT_BYTES, "too_large"),
        (b"points = " + b"\n".join([b"["] * 3000), "too_deep"),
    ],
)
def test_bytes_that_are_no_programme_are_refused(document: bytes, rule: str) -> None:
    assert refusal(document).rule == rule


def test_a_refused_key_is_never_longer_than_a_line_of_the_screen() -> None:
    assert len(refusal(b"k" * 900 + b" = 1\n" + DOCUMENT).key) <= 200


def obeyed_or_refused(document: bytes) -> bool:
    try:
        return isinstance(parse_programme(document), Programme)
    except ProgrammeRefused as refused:
        return isinstance(refused.value, str)


@given(st.binary(max_size=400))
def test_arbitrary_bytes_are_refused_and_nothing_else_happens(document: bytes) -> None:
    assert obeyed_or_refused(document)


@given(st.data())
def test_a_damaged_programme_is_obeyed_or_refused(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(DOCUMENT)))
    end = data.draw(st.integers(start, min(start + 40, len(DOCUMENT))))
    inserted = data.draw(st.one_of(st.binary(max_size=20), st.text(max_size=20).map(str.encode)))

    assert obeyed_or_refused(DOCUMENT[:start] + inserted + DOCUMENT[end:])


VALUES = st.recursive(
    st.one_of(
        st.integers().map(str),
        st.floats().map(str),
        st.sampled_from(["true", "false", "nan", "inf", "0x" + "f" * 400, "07:30:00"]),
        st.sampled_from(["1979-05-27", "1979-05-27T07:32:00Z", '""', '"\\u0000"', "'America'"]),
        st.text("abc-/.:0", max_size=8).map(lambda text: f'"{text}"'),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda values: f"[{', '.join(values)}]"),
        st.lists(inner, max_size=3, unique=True).map(
            lambda values: "{" + ", ".join(f"k{n} = {one}" for n, one in enumerate(values)) + "}"
        ),
    ),
    max_leaves=6,
)
ASSIGNMENTS = [
    row for row, line in enumerate(DOCUMENT.decode().splitlines()) if re.match(r"\w+\s*=", line)
]


@given(st.sampled_from(ASSIGNMENTS), VALUES)
def test_a_programme_with_any_other_value_is_obeyed_or_refused(row: int, value: str) -> None:
    lines = DOCUMENT.decode().splitlines()
    name = lines[row].split("=")[0]
    lines[row] = f"{name} = {value}"

    assert obeyed_or_refused("\n".join(lines).encode())
