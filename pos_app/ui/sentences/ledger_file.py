"""Sentences about the ledger file, its disk, its keys and its clock."""

from __future__ import annotations

from pos_app.language import _
from pos_app.ledger.journal_page import EventUnknown
from pos_app.ledger.ledger import ClockSetBack, LedgerRewound, NotFounded, SecondInstance
from pos_app.ledger.proof import JournalFaulty
from pos_app.ledger.rules.record_values import RecordUnreadable
from pos_app.ledger.store.driver import (
    DiskFailed,
    DiskFull,
    LedgerBusy,
    LedgerDamaged,
    LedgerReadOnly,
    LedgerUnreadable,
    SqliteTooOld,
)
from pos_app.ledger.store.migrate import LedgerNewer
from pos_app.opening import NoDemo, NoLedger, OneTerminalOnly
from pos_app.recovery import NothingToRecover
from pos_app.security.keystore import KeyMissing, KeyStoreUnusable
from pos_app.settings import SettingsRefused
from pos_app.simulate import NoSimulation
from pos_app.ui.formats import duration
from pos_app.ui.sentences.said import said


@said.register
def _second_instance(_fact: SecondInstance) -> str:
    return _("The terminal is running already. Switch to its window.")


@said.register
def _clock_set_back(fact: ClockSetBack) -> str:
    words = _(
        "The computer's clock is {behind} behind the last entry. Set it right to use stored "
        "value, points and coupons; cash and other tenders still work."
    )
    return words.format(behind=duration(fact.behind))


@said.register
def _unreadable(fact: LedgerUnreadable) -> str:
    words = _("The ledger does not open with this terminal's key: {path}. Call your support.")
    return words.format(path=fact.path)


@said.register
def _damaged(_fact: LedgerDamaged) -> str:
    return _("A page of the ledger is damaged. Stop selling here and restore the last backup.")


@said.register
def _read_only(fact: LedgerReadOnly) -> str:
    words = _("The ledger cannot be written: {path}. Check the rights of its folder.")
    return words.format(path=fact.path)


@said.register
def _rewound(_fact: LedgerRewound) -> str:
    return _(
        "This ledger is an older copy of itself; writing to it would spend members' rights twice."
        " Ask HQ for a code that brings this till back, and run: pos-app recover"
    )


@said.register
def _nothing_to_recover(_fact: NothingToRecover) -> str:
    return _("This till's ledger is whole and goes on as it is; there is nothing to bring back.")


@said.register
def _disk_full(_fact: DiskFull) -> str:
    return _("The disk is full. Nothing was saved or taken. Free some space and try again.")


@said.register
def _disk_failed(_fact: DiskFailed) -> str:
    return _("The disk reported an error. What was under way is looked up before anything else.")


@said.register
def _busy(_fact: LedgerBusy) -> str:
    return _("Another program is holding the ledger. Nothing was saved. Try again in a moment.")


@said.register
def _sqlite_too_old(fact: SqliteTooOld) -> str:
    words = _("The database library {version} is too old to be safe. Install the terminal again.")
    return words.format(version=fact.version)


@said.register
def _newer(_fact: LedgerNewer) -> str:
    return _("A newer version of the terminal wrote this ledger. Please update the program.")


@said.register
def _key_missing(fact: KeyMissing) -> str:
    words = _("The key “{name}” is not in this computer's key store. The ledger stays closed.")
    return words.format(name=fact.name)


@said.register
def _key_store(fact: KeyStoreUnusable) -> str:
    reasons = {
        "no_backend": _("This computer has no key store that can be used."),
        "backend_refused": _("The key store refused. Unlock it and start again."),
        "not_kept": _("The key store did not keep the key."),
        "damaged": _("The key file is damaged."),
        "open_to_others": _("Other users can read the key file. Restrict it to its owner."),
        "not_writable": _("The key file cannot be written."),
    }
    return reasons.get(fact.reason, _("The key store cannot be used."))


@said.register
def _event_unknown(fact: EventUnknown) -> str:
    return _("The journal has no entry number {number}.").format(number=fact.seq)


@said.register
def _record_unreadable(fact: RecordUnreadable) -> str:
    words = _("An entry of the journal cannot be read (“{key}”). Verify the ledger.")
    return words.format(key=fact.key)


@said.register(NoLedger)
@said.register(NotFounded)
def _no_ledger(fact: NoLedger | NotFounded) -> str:
    words = _("There is no ledger in {path} yet. The first start of the terminal makes one.")
    return words.format(path=fact.path)


@said.register
def _no_simulation(_fact: NoSimulation) -> str:
    return _(
        "The simulation does not come with this program. It runs from the sources: "
        "pos-app simulate, or python -m simulation"
    )


@said.register
def _no_demo(fact: NoDemo) -> str:
    words = _("There is no demo store in {path} yet. Open its first terminal before the second.")
    return words.format(path=fact.path)


@said.register
def _one_terminal_only(_fact: OneTerminalOnly) -> str:
    return _("No HQ runs with this demo, so it has one terminal. Start without --terminals.")


@said.register
def _settings_refused(fact: SettingsRefused) -> str:
    words = _("The setting “{key}” is not accepted: {reason}")
    return words.format(key=fact.key, reason=fact.reason)


@said.register
def _journal_faulty(fact: JournalFaulty) -> str:
    words = _("The journal does not hold together ({check}, {where}). Call for help.")
    return words.format(check=fact.fault.check, where=fact.fault.where)
