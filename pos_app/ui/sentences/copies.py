"""Sentences about second copy, backups, going back to one, and telling a dead till's book."""

from __future__ import annotations

from pos_app.copies.facts import (
    BackupFaulty,
    CopyStopped,
    SecondCopyFaulty,
    VolumeFull,
    VolumeGone,
    VolumeRefused,
)
from pos_app.language import _
from pos_app.ledger.store.book import NotNext
from pos_app.restoring import BackupOfAnother, HqDecides
from pos_app.salvage import NothingToSalvage
from pos_app.security.salvage_keys import SalvageFileRefused
from pos_app.security.sealing import SealBroken
from pos_app.ui.sentences.said import said


@said.register
def _gone(fact: VolumeGone) -> str:
    return _(
        "The folder for copies is not there: {path}. Put the stick or disk back; the till goes on "
        "and catches up."
    ).format(path=fact.path)


@said.register
def _full(fact: VolumeFull) -> str:
    return _(
        "There is no room left for copies in {path}. Free some space or use a larger volume; the "
        "till goes on and catches up."
    ).format(path=fact.path)


@said.register
def _refused(fact: VolumeRefused) -> str:
    return _(
        "Copies cannot be written or read in {path} ({reason}). Check the volume; the till goes on."
    ).format(path=fact.path, reason=fact.reason)


@said.register
def _stopped(_fact: CopyStopped) -> str:
    return _("The terminal is closing. What was under way goes on at the next start.")


@said.register
def _faulty(fact: BackupFaulty) -> str:
    return _(
        "A backup did not pass its check ({check}: {detail}) and is not used. Run: pos-app verify"
    ).format(check=fact.check, detail=fact.detail)


@said.register
def _copy_faulty(fact: SecondCopyFaulty) -> str:
    return _(
        "The second copy is damaged from event {seq} on. Rename its folder, and the till writes "
        "it anew."
    ).format(seq=fact.seq)


@said.register
def _other(fact: BackupOfAnother) -> str:
    words = _("This is no backup of this till: {path}. Nothing was changed.")
    return words.format(path=fact.path)


@said.register
def _hq_decides(_fact: HqDecides) -> str:
    return _(
        "This till belongs to an HQ: going back to a backup would spend members' rights twice. Ask "
        "HQ for a code that brings it back, and run: pos-app recover"
    )


@said.register
def _not_next(fact: NotNext) -> str:
    return _("Event {seq} does not follow from this ledger. Nothing was changed.").format(
        seq=fact.seq
    )


@said.register
def _nothing(fact: NothingToSalvage) -> str:
    words = _("There is neither a ledger nor a second copy of that till and epoch in {path}.")
    return words.format(path=fact.path)


@said.register
def _key_file(fact: SalvageFileRefused) -> str:
    words = _("The key file {path} cannot be used. Ask HQ for a new one: pos-hq escrow")
    return words.format(path=fact.path)


@said.register
def _sealed(_fact: SealBroken) -> str:
    return _("What was sealed does not open with this key. Nothing was changed.")
