"""What the journal keeps beside its payloads, against the payloads that the chain proves."""

from __future__ import annotations

from pos_app.ledger.store.checks import Check, none_of

COLUMNS_MATCH: tuple[Check, ...] = (
    none_of(
        "journal columns",
        "SELECT count(*) FROM journal",
        "SELECT 'event ' || seq, 'its columns are not what its payload says' FROM journal"
        " WHERE json_extract(CAST(payload AS TEXT), '$.at', '$.day', '$.id', '$.intent', '$.kind',"
        " '$.member', '$.of') <> json_array(at, day, lower(hex(event_id)),"
        " nullif(lower(hex(intent)), ''), kind, nullif(lower(hex(member)), ''),"
        " nullif(lower(hex(\"of\")), '')) LIMIT 1",
    ),
    none_of(
        "accounts",
        "SELECT count(*) FROM account",
        "SELECT 'account ' || code, 'its columns are not what its name says' FROM account"
        " WHERE code <> CASE WHEN member IS NULL THEN code"
        " WHEN pocket = 'DEBT' THEN 'debt:PTS:' || lower(hex(member))"
        " WHEN pocket IN ('P', 'B', 'PTS') THEN 'hold:' || pocket || ':' || lower(hex(member))"
        "  || ':' || coalesce(expires_on, lower(hex(lot)))"
        " ELSE 'hold:' || pocket || ':' || lower(hex(member)) || ':' || lower(hex(lot)) END"
        " OR (member IS NULL) <> (code NOT LIKE 'hold:%' AND code NOT LIKE 'debt:%')"
        " OR (pocket = '') <> (member IS NULL)"
        " OR (expires_on IS NULL) <> (pocket <> 'PTS')"
        " OR (lot IS NULL) <> (pocket IN ('', 'PTS', 'DEBT')) LIMIT 1",
    ),
    none_of(
        "transfers",
        "SELECT count(*) FROM transfer",
        "SELECT 'event ' || j.seq, 'its transfers are not what its payload says' FROM journal j"
        " WHERE json_extract(CAST(j.payload AS TEXT), '$.moves') IS NOT ("
        " SELECT json_group_array(json_array(s.code, d.code, s.unit, t.amount) ORDER BY t.n)"
        " FROM transfer t JOIN account s ON s.id = t.source JOIN account d ON d.id = t.target"
        " WHERE t.seq = j.seq) LIMIT 1",
        "SELECT 'event ' || t.seq, 'the chain has no such event' FROM transfer t"
        " WHERE NOT EXISTS (SELECT 1 FROM journal j WHERE j.seq = t.seq) LIMIT 1",
        "SELECT 'event ' || seq, 'its transfers are not numbered from 0' FROM transfer"
        " GROUP BY seq HAVING min(n) <> 0 OR max(n) <> count(*) - 1 LIMIT 1",
    ),
)
