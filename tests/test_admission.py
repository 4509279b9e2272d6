"""A machine becomes a terminal of any store of a chain, as HQ says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pos_app.admission import ASIDE, ask_hq, belong, decline, found_as_told
from pos_app.ids import NodeId
from pos_app.joining import AddressOpen, CodeUnfit, Joined
from pos_app.ledger import operators
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.link import link_state
from pos_app.ledger.pin_choice import pin_rules
from pos_app.opening import NoLedger, found_ledger, key_store_of, new_keys, open_ledger
from pos_app.security.keystore import CHAIN_PEPPER, KeyMissing, KeyStore
from pos_app.security.peppers import is_made_with
from pos_app.settings import Settings, load_settings
from pos_app.sync import facts
from pos_app.sync.transport import Reply, Request
from pos_hq import enrolment, founding
from pos_hq.hq import Hq
from pos_hq.programme import publishing
from pos_hq.store.engine import open_engine
from simulation.network import answer
from tests.fakes import FakeClock
from tests.hq.desk import open_hq
from tests.ledger.till_hand import programme_with
from tests.shop import MANAGER, Shop, intent
from tests.tiny_hq import TinyHq

OTHER_RULES = programme_with(first_topup_extra_pct_bp="0")


@dataclass
class Wire:
    """The way to HQ; `lose_answers` counts those that get lost."""

    hq: Hq
    lose_answers: int = 0
    asked: list[str] = field(default_factory=list)

    def send(self, request: Request) -> Reply:
        self.asked.append(request.path)
        reply = answer(self.hq, request)
        if self.lose_answers and request.path == "/v1/enrol":
            self.lose_answers -= 1
            raise facts.HqUnreachable(facts.Outage.TIMEOUT)
        return reply


@dataclass
class Machine:
    """A machine on which a terminal shall run, and the chain's HQ."""

    settings: Settings
    keys: KeyStore
    clock: FakeClock
    wire: Wire

    @property
    def hq(self) -> Hq:
        return self.wire.hq

    def code(self, store: str = "S002", node: NodeId | None = None) -> str:
        return enrolment.make_code(self.hq, store, "1 号机", node)

    def belong(self, code: str) -> Joined:
        return belong(self.settings, self.keys, self.clock, self.wire, lambda: code)

    def open(self) -> Ledger:
        return open_ledger(self.settings, self.keys, self.clock)

    def found_alone(self) -> None:
        with found_ledger(self.settings, self.keys, self.clock, ("徐家汇店", "3 号机")) as ledger:
            operators.create_first_manager(ledger, MANAGER[0], "林晓雯", MANAGER[1], intent())

    def trade_alone(self) -> None:
        self.found_alone()
        with self.open() as ledger:
            Shop(ledger, self.clock, operators.sign_in(ledger, *MANAGER).id).member()


@pytest.fixture
def machine(tmp_path: Path, clock: FakeClock) -> Iterator[Machine]:
    engine = open_engine(f"sqlite:///{tmp_path / 'hq.db'}")
    hq = open_hq(engine, clock, OTHER_RULES)
    founding.create_store(hq, "S002", "静安店")
    settings = Settings(
        data_dir=tmp_path / "till", guard_dir=tmp_path / "guard", hq_url="https://hq.example"
    )
    yield Machine(settings, key_store_of(settings, demo=True), clock, Wire(hq))
    engine.dispose()


def test_a_machine_without_a_ledger_becomes_what_hq_says(machine: Machine) -> None:
    joined = machine.belong(f" {machine.code()} ")

    (known,) = enrolment.nodes(machine.hq)
    with machine.open() as ledger:
        node = ledger.node
        assert (node.id, node.epoch) == (known.id, 1)
        assert (node.store, node.store_name, node.terminal_name) == ("S002", "静安店", "1 号机")
        assert ledger.programme.version == machine_rules(machine)
        assert link_state(ledger).key == machine.hq.key
        assert operators.needs_first_manager(ledger)
    assert joined == Joined("S002", "静安店", "1 号机")
    assert machine.keys.get(CHAIN_PEPPER) == machine.hq.pepper
    assert load_settings(machine.settings.data_dir).hq_url == "https://hq.example"


def machine_rules(machine: Machine) -> str:
    return publishing.publish(machine.hq, OTHER_RULES).version


def test_a_lost_answer_costs_neither_a_code_nor_a_second_terminal(machine: Machine) -> None:
    code, machine.wire.lose_answers = machine.code(), 1

    with pytest.raises(facts.HqUnreachable):
        machine.belong(code)
    with pytest.raises(NoLedger):
        machine.open()
    machine.belong(code)

    (known,) = enrolment.nodes(machine.hq)
    with machine.open() as ledger:
        assert ledger.node.id == known.id


def test_after_a_quarter_of_an_hour_a_fresh_code_brings_the_same_answer(
    machine: Machine, clock: FakeClock
) -> None:
    first = ask_hq(machine.keys, machine.wire, machine.code)
    clock.go(minutes=20)

    machine.belong(machine.code())

    with machine.open() as ledger:
        assert ledger.node.id.hex == first.node


def test_a_founding_that_was_cut_off_is_begun_again(machine: Machine) -> None:
    code = machine.code()
    told = ask_hq(machine.keys, machine.wire, lambda: code)
    new_keys(machine.keys)
    machine.settings.ledger_path.touch()

    machine.belong(code)

    with machine.open() as ledger:
        assert (ledger.node.id.hex, ledger.node.store) == (told.node, "S002")


def test_a_terminal_that_was_founded_is_not_founded_again(machine: Machine) -> None:
    machine.belong(machine.code())

    again = belong(machine.settings, machine.keys, machine.clock, machine.wire, nobody)

    assert not again.anew
    assert len(enrolment.nodes(machine.hq)) == 1


def nobody() -> str:
    pytest.fail("no code is asked for")


def test_two_terminals_of_one_machine_have_keys_of_their_own(
    machine: Machine, tmp_path: Path
) -> None:
    machine.belong(machine.code())
    machine.settings = machine.settings.model_copy(update={"data_dir": tmp_path / "second"})

    machine.belong(machine.code())

    assert len(enrolment.nodes(machine.hq)) == 2


def test_who_declines_what_hq_said_asks_as_another_terminal(machine: Machine) -> None:
    first = ask_hq(machine.keys, machine.wire, lambda: machine.code("S001"))
    decline(machine.keys)

    second = ask_hq(machine.keys, machine.wire, machine.code)

    assert (first.store, second.store) == ("S001", "S002")
    assert first.node != second.node


def test_a_lost_terminal_comes_back_with_the_code_that_was_made_for_it(
    machine: Machine, tmp_path: Path
) -> None:
    machine.belong(machine.code())
    (lost,) = enrolment.nodes(machine.hq)
    machine.settings = machine.settings.model_copy(update={"data_dir": tmp_path / "new disk"})
    machine.keys = key_store_of(machine.settings, demo=True)

    machine.belong(machine.code(node=lost.id))

    with machine.open() as ledger:
        assert (ledger.node.id, ledger.node.epoch) == (lost.id, 2)


def test_a_shop_that_ran_alone_joins_as_the_store_that_it_is(machine: Machine) -> None:
    machine.trade_alone()

    joined = machine.belong(machine.code("S001"))

    with machine.open() as ledger:
        assert link_state(ledger).key == machine.hq.key
    assert joined.store == "S001"
    assert load_settings(machine.settings.data_dir).hq_url == "https://hq.example"


def test_a_shop_that_has_traded_never_becomes_another_store(machine: Machine) -> None:
    machine.trade_alone()
    code = machine.code()

    with pytest.raises(facts.HqRefused) as refused:
        machine.belong(code)

    assert refused.value.code == "code_for_another_store"
    with machine.open() as ledger:
        assert (ledger.node.store, link_state(ledger).key) == ("S001", None)
    assert not (machine.settings.data_dir / ASIDE).exists()
    assert not enrolment.nodes(machine.hq)


def test_a_till_that_nobody_has_traded_with_becomes_the_store_of_the_code(
    machine: Machine,
) -> None:
    machine.found_alone()

    joined = machine.belong(machine.code())

    with machine.open() as ledger:
        assert (ledger.node.store, ledger.node.terminal_name) == ("S002", "1 号机")
        assert operators.sign_in(ledger, *MANAGER).name == "林晓雯"
    assert joined.store == "S002"
    assert len(list((machine.settings.data_dir / ASIDE).glob("*.db"))) == 1


def test_a_wrong_code_takes_nothing_from_a_till_without_trade(machine: Machine) -> None:
    machine.found_alone()

    with pytest.raises(facts.HqRefused):
        machine.belong("WRNG-CODE-WRNG-CODE")

    with machine.open() as ledger:
        assert operators.sign_in(ledger, *MANAGER).name == "林晓雯"


def test_what_is_no_code_is_not_sent(machine: Machine) -> None:
    with pytest.raises(CodeUnfit):
        machine.belong("1234567")

    assert machine.wire.asked == ["/v1/hello"]


def test_no_code_goes_to_an_open_address(machine: Machine) -> None:
    machine.settings = machine.settings.model_copy(update={"hq_url": "http://hq.example"})

    with pytest.raises(AddressOpen):
        belong(machine.settings, machine.keys, machine.clock, machine.wire, nobody)


def test_a_terminal_that_is_too_old_is_told_before_a_code_is_asked_for(
    machine: Machine, clock: FakeClock
) -> None:
    hq = TinyHq(clock, proto=(9, 9))

    with pytest.raises(facts.TerminalOlder):
        belong(machine.settings, machine.keys, clock, hq, nobody)


def test_rules_that_hq_has_not_signed_found_no_ledger(machine: Machine, clock: FakeClock) -> None:
    hq = TinyHq(clock, forges=True)

    with pytest.raises(facts.HqMisbehaved) as doubted:
        belong(machine.settings, machine.keys, clock, hq, lambda: "ABCD-EFGH-JKLM-NPQR")

    assert doubted.value.doubt is facts.Doubt.SIGNATURE
    with pytest.raises(NoLedger):
        machine.open()
    with pytest.raises(KeyMissing):
        machine.keys.get(CHAIN_PEPPER)


def test_a_pin_of_the_chain_is_checked_with_the_chains_pepper(machine: Machine) -> None:
    told = ask_hq(machine.keys, machine.wire, machine.code)

    with found_as_told(machine.settings, machine.keys, machine.clock, told) as ledger:
        made = ledger.peppers.verifier("258036", pin_rules(ledger.programme))
        assert is_made_with(made, machine.hq.pepper)
        assert ledger.pepper != machine.hq.pepper
