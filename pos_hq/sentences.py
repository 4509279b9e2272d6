"""What went wrong, said to whoever typed a command of HQ."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pos_app.errors import PosError
from pos_app.ledger.rules.programme import ProgrammeRefused
from pos_app.security.keystore import KeyMissing, KeyStoreUnusable
from pos_app.security.salvage_keys import SalvageFileRefused
from pos_hq import bundles, enrolment, escrow, facts, printed_codes, real_names, tenders
from pos_hq.api.server import AddressTaken
from pos_hq.programme.amounts import yuan
from pos_hq.programme.refusals import refusal
from pos_hq.settings import SettingRefused
from pos_hq.store.engine import DatabaseNotServed
from pos_hq.store.migrate import DatabaseForeign, DatabaseNewer

_TOLD: dict[type[PosError], str | Callable[[Any], str]] = {
    SettingRefused: lambda fact: f"The setting “{fact.key}” is not accepted: {fact.reason}.",
    KeyMissing: lambda fact: f"The secret “{fact.name}” is missing. Is this HQ founded?",
    KeyStoreUnusable: lambda fact: f"HQ's secrets cannot be used: {fact.reason}.",
    AddressTaken: lambda fact: f"HQ cannot listen on {fact.host}, port {fact.port}.",
    ProgrammeRefused: refusal,
    DatabaseNewer: "This database was written by a newer HQ.",
    DatabaseForeign: "The database cannot be read: it has another key, or is not an HQ's.",
    DatabaseNotServed: lambda fact: f"HQ cannot keep its book in “{fact.scheme}”.",
    facts.NotFounded: "There is no HQ here yet. Begin with: pos-hq init",
    facts.FoundedAlready: "There is an HQ here already; nothing was changed.",
    facts.KeyWrong: "This database belongs to an HQ with another signing key.",
    printed_codes.TemplateUnknown: lambda fact: (
        f"The programme in force has no coupon template “{fact.code}”."
    ),
    printed_codes.FileThere: lambda fact: f"There is a file “{fact.path}” already; name another.",
    facts.JobUnknown: lambda fact: f"There is no job “{fact.name}”, but {', '.join(fact.known)}.",
    facts.UnderWay: lambda fact: f"Just now “{fact.what}” is under way; wait until it has ended.",
    facts.DayAhead: lambda fact: f"The day {fact.day} has not begun; try it with --dry-run.",
    facts.GrantsFrozen: lambda fact: (
        f"HQ was restored: it waits for what {len(fact.waiting_for)} terminals have to push."
    ),
    facts.MemberUnknown: "There is no such member.",
    facts.StoreUnknown: lambda fact: f"There is no store “{fact.code}”.",
    facts.StoreTaken: lambda fact: f"There is a store “{fact.code}” already.",
    facts.NodeUnknown: "There is no such terminal or epoch.",
    facts.NodeRevoked: "The terminal has been shut out for ever; enrol it as a new one.",
    facts.ExceptionUnknown: "There is no such exception, or no such open one.",
    facts.AlertUnknown: "There is no such alert, or no such open one.",
    facts.DecisionUnknown: lambda fact: f"An exception is not resolved by “{fact.decision}”.",
    bundles.BundleUnreadable: "This is no bundle for this HQ, or it is damaged.",
    facts.SignatureWrong: "This was not signed by the terminal that it names.",
    facts.ChainBroken: "What the terminal wrote does not follow from itself; nothing was taken.",
    facts.Gap: lambda fact: f"Events are missing: HQ holds this chain up to {fact.known.seq} only.",
    facts.Fork: "HQ holds another past of this terminal. It is in quarantine now.",
    facts.KindUnknown: "This HQ is older than the terminal: upgrade it first.",
    facts.NotReleased: lambda fact: f"This cannot be done with an epoch that is {fact.state}.",
    facts.ProgrammeBehind: lambda fact: (
        f"The programme “{fact.version}” begins before “{fact.in_force}”, which is in force: every"
        " terminal would refuse it. Give it a later effective_from."
    ),
    facts.CreditLossNotAccepted: lambda fact: (
        "The programme lets terminals give credit beyond what they hold (offline.credit.enabled)."
        f" With {fact.terminals} active terminals at most {yuan(fact.loss.minor)} yuan can be lost."
        " An HQ that has been founded publishes it with"
        f" --accept-credit-loss {fact.loss.minor}, the same sum in fen."
    ),
    facts.BenefitsOfAnother: lambda fact: f"The file is of “{fact.named}”, not of “{fact.wanted}”.",
    facts.BenefitsBehind: "They begin before the store's last ones: give a later effective_from.",
    facts.ShareExceeded: lambda fact: f"Too much: {fact.arithmetic}.",
    facts.TierUnknown: lambda fact: f"No tier “{fact.code}”; there are {', '.join(fact.known)}.",
    facts.TierDayRefused: lambda fact: f"The last day lies between {fact.first} and {fact.last}.",
    facts.VersionUnknown: lambda fact: f"HQ has published no programme “{fact.version}”.",
    tenders.CountsUnreadable: lambda fact: (
        f"Line {fact.line} is not a count. The file begins with the line store,tender,amount; "
        "tenders are cash, card, wechat, alipay and stored_value, amounts are in yuan."
    ),
    escrow.NoEnvelope: "The terminal left no key: it was enrolled before this HQ had an escrow.",
    escrow.EscrowKeyWrong: "HQ's escrow secret is not the one to which its terminals sealed.",
    SalvageFileRefused: lambda fact: f"The file “{fact.path}” is not written: {fact.reason}.",
    real_names.NoRealName: "No document of this member is on record here.",
    facts.IntegrationTaken: lambda fact: (
        f"The system “{fact.name}” has a key that works: revoke it, then it gets another."
    ),
    facts.IntegrationUnknown: lambda fact: f"No system “{fact.name}” has a key that works.",
    enrolment.NameUnfit: "A name is one line of 1 to 200 characters.",
}


def sentence(fact: PosError) -> str:
    """Return one plain sentence; a fact that nobody expected here is named."""
    told = _TOLD.get(type(fact))
    if told is None:
        return f"Refused: {type(fact).__name__}."
    return told if isinstance(told, str) else told(fact)
