"""A shop for tests: a real encrypted ledger in a fresh folder, and short ways to fill it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pos_app
from pos_app.ids import IntentId, MemberId, OperatorId, new_id
from pos_app.ledger import factors, members, operators, topups
from pos_app.ledger.ledger import Founding, Ledger, LedgerKeys
from pos_app.ledger.members import Consents, NewMember
from pos_app.ledger.real_names import referred
from pos_app.ledger.rules.basket import Tender
from pos_app.ledger.rules.identity_documents import Document, DocumentKind
from pos_app.ledger.topups import TopUp
from pos_app.money import Money
from pos_app.security.evidence import Evidence
from tests.fakes import FakeClock

DEFAULT_PROGRAMME = Path(pos_app.__file__).parent.parent / "resources" / "programme.default.toml"
TEST_KEYS = LedgerKeys(database=b"d" * 32, node=b"n" * 32, pepper=b"p" * 32)
MEMBER_PIN = "271828"
DOCUMENT = Document(DocumentKind.RESIDENT_ID, "110101199003078515", "王晓明")
MANAGER = ("0001", "480913")


def founding(programme: bytes | None = None) -> Founding:
    """Return what a test ledger begins with."""
    rules = DEFAULT_PROGRAMME.read_bytes() if programme is None else programme
    return Founding("S001", "徐家汇店", "3 号机", rules)


def intent() -> IntentId:
    """Mint an intent."""
    return IntentId(new_id())


@dataclass
class Shop:
    """An open ledger with its first manager, and the clock it goes by."""

    ledger: Ledger
    clock: FakeClock
    manager: OperatorId

    def member(
        self, phone: str = "13812340217", *, name: str = "王晓明", pin: str | None = None
    ) -> MemberId:
        """Register a member."""
        new = NewMember(phone=phone, name=name, consents=Consents("2026-01"), pin=pin)
        return members.register(self.ledger, new, operator=self.manager, intent=intent()).id

    def show_document(self, member: MemberId) -> None:
        """Put a document of a member on record."""
        with self.ledger.write() as book:
            referred(self.ledger, book, member, DOCUMENT, self.manager)

    def top_up(self, member: MemberId, fen: int, tender: Tender = Tender.WECHAT) -> None:
        """Top a member up."""
        wish = TopUp(member, Money(fen), tender, self.manager, intent(), document=DOCUMENT)
        topups.top_up(self.ledger, wish)

    def evidence(
        self, member: MemberId, amount: Money, wish: IntentId, pin: str = MEMBER_PIN
    ) -> Evidence:
        """Let the member prove a payment with the PIN."""
        return factors.prove_with_pin(
            self.ledger, member=member, pin=pin, amount=amount, intent=wish, operator=self.manager
        )


def open_ledger(folder: Path, clock: FakeClock, programme: bytes | None = None) -> Ledger:
    """Open the ledger of a folder, founding it when it is new."""
    return Ledger(folder / "ledger.db", TEST_KEYS, clock, founding(programme))


def open_shop(folder: Path, clock: FakeClock, programme: bytes | None = None) -> Shop:
    """Open a new shop with its first manager."""
    ledger = open_ledger(folder, clock, programme)
    number, pin = MANAGER
    first = operators.create_first_manager(ledger, number, "林晓雯", pin, intent())
    return Shop(ledger, clock, first.id)
