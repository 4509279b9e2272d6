"""Old chains on this terminal's disk: told to HQ to their end before anything new is."""

from __future__ import annotations

from pos_app.ledger import link
from pos_app.ledger.store import link_rows
from pos_app.ledger.store.event import moment
from pos_app.sync.cycle import AtLedger, push
from pos_app.sync.hq import Hq


def push_archive(at: AtLedger, hq: Hq) -> int:
    """Tell HQ the rest of a chain that goes on no more; return how many events it took.

    `hq` speaks for the old epoch. An older copy of a chain has nothing to tell that HQ does not
    know. Raises like `push`.
    """
    session = hq.open_session()
    if session.known.seq >= at(lambda ledger: link_rows.head_seq(ledger.read())):
        return 0
    state = at(link.link_state)
    if session.incarnation > state.incarnation:
        hello = hq.hello()
        told = link.Greeting(bytes.fromhex(hello.hq_key), hello.incarnation, moment(hello.time))
        at(lambda ledger: link.greet(ledger, told))
    return push(at, hq)
