"""The first-start wizard before a folder without a ledger, and an HQ that it may ask."""

from pathlib import Path

from pos_app.admission import ask_hq, decline, found_as_told, joined_as
from pos_app.joining import Joined
from pos_app.ledger.ledger import Ledger
from pos_app.ledger.operators import SignedIn
from pos_app.security.keystore import FileKeyStore
from pos_app.settings import Settings
from pos_app.sync.wire import Enrolled
from pos_app.ui.first_start.presenter import ChainDoors, FirstStartPresenter, Founder
from pos_app.ui.first_start.state import Answers, FirstStartState
from pos_app.ui.kit.work import Inline
from pos_app.ui.work import Work
from tests.fakes import FakeClock
from tests.shop import MANAGER as FIRST
from tests.shop import open_ledger
from tests.tiny_hq import TinyHq

TO_HQ = Answers(address="hq.example/", code=" ABCD-EFGH-JKLM-NPQR ")
NAMES = Answers("徐家汇店", "3 号机")
MANAGER = Answers("", "", "0001", "林晓雯", FIRST[1], FIRST[1])


class Wizard:
    """The wizard before a folder without a ledger."""

    def __init__(self, folder: Path, clock: FakeClock) -> None:
        self.folder, self.clock = folder, clock
        self.settings = Settings(data_dir=folder / "till", guard_dir=folder / "guard")
        self.keys = FileKeyStore(folder / "keys")
        self.hq = TinyHq(clock, store="S007")
        self.founded: list[Ledger] = []
        self.finished: list[SignedIn] = []
        self._told: Enrolled | None = None
        founder = Founder(self._found, self.finished.append, self.doors(Inline()))
        self.page = FirstStartPresenter(founder, Inline())

    def doors(self, network: Work, address: str = "") -> ChainDoors:
        return ChainDoors(network, self._ask, self._found_as_told, self._decline, address)

    @property
    def state(self) -> FirstStartState:
        return self.page.shown.state

    def _found(self, _store: str, _terminal: str) -> Ledger:
        self.founded.append(open_ledger(self.folder, self.clock))
        return self.founded[-1]

    def _ask(self, address: str, code: str) -> Joined:
        self.settings = self.settings.model_copy(update={"hq_url": address})
        self._told = ask_hq(self.keys, self.hq, lambda: code)
        return joined_as(self._told)

    def _found_as_told(self) -> Ledger:
        assert self._told is not None
        made = found_as_told(self.settings, self.keys, self.clock, self._told)
        self.founded.append(made)
        return made

    def _decline(self) -> None:
        decline(self.keys)
        self.hq.node = ""
