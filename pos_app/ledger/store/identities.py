"""What is equal in a sound book: everything derived, against the payloads and the transfers."""

from __future__ import annotations

from pos_app.ledger.store.checks import Check, none_of

_BALANCES = none_of(
    "balances",
    "SELECT count(*) FROM balance",
    "SELECT 'account ' || coalesce(a.code, b.account), CASE WHEN a.id IS NULL THEN 'has no name'"
    " WHEN b.account IS NULL THEN 'has no balance' ELSE 'holds ' || b.amount"
    "  || ', transfers say ' || coalesce(s.amount, 0) END"
    " FROM account a FULL JOIN balance b ON b.account = a.id LEFT JOIN ("
    "  SELECT account, sum(amount) AS amount, max(seq) AS last FROM ("
    "   SELECT seq, source AS account, -amount AS amount FROM transfer"
    "   UNION ALL SELECT seq, target, amount FROM transfer) GROUP BY account) s ON s.account = a.id"
    " WHERE a.id IS NULL OR b.amount IS NOT coalesce(s.amount, 0)"
    " OR b.last_seq IS NOT coalesce(s.last, 0) LIMIT 1",
)
_UNITS = none_of(
    "one unit per transfer",
    "SELECT count(*) FROM transfer",
    "SELECT 'event ' || t.seq, s.unit || ' became ' || d.unit FROM transfer t"
    " JOIN account s ON s.id = t.source JOIN account d ON d.id = t.target"
    " WHERE s.unit <> d.unit LIMIT 1",
)
_CONSERVATION = none_of(
    "conservation",
    "SELECT count(DISTINCT unit) FROM account",
    "SELECT 'unit ' || a.unit, 'sums to ' || sum(b.amount)"
    " FROM account a JOIN balance b ON b.account = a.id GROUP BY a.unit HAVING sum(b.amount) <> 0",
)
FLOORS = none_of(
    "floors",
    "SELECT count(*) FROM balance WHERE floor IS NOT NULL",
    "SELECT 'account ' || a.code, 'holds ' || b.amount || ', its floor is '"
    " || coalesce(b.floor, 'missing') FROM balance b JOIN account a ON a.id = b.account"
    " WHERE (a.code LIKE 'hold:%' AND (b.floor IS NOT 0 OR b.amount < 0))"
    " OR (a.code NOT LIKE 'hold:%' AND b.floor IS NOT NULL)"
    " OR (a.code LIKE 'debt:%' AND b.amount > 0) LIMIT 1",
)
# A lot is bought here, or comes with a grant or with a return of a sale that was made elsewhere;
# whichever told of it first made its row.
_LOTS = none_of(
    "lots",
    "SELECT count(*) FROM lot",
    "WITH told AS (SELECT seq, at, kind, lower(hex(member)) AS member, CAST(payload AS TEXT) AS p"
    "  FROM journal WHERE kind IN ('TOPUP', 'GOT', 'REFUND')),"
    " came AS (SELECT p ->> '$.body.lot' AS id, seq, member, at, p ->> '$.body.amount' AS paid,"
    "   p ->> '$.body.bonus' AS bonus FROM told WHERE kind = 'TOPUP'"
    "  UNION ALL SELECT value ->> '$[1]', seq, member, value ->> '$[3].at', value ->> '$[3].paid',"
    "   value ->> '$[3].bonus' FROM told, json_each(p, '$.body.lines')"
    "   WHERE kind = 'GOT' AND value ->> '$[0]' IN ('P', 'B')"
    "  UNION ALL SELECT value ->> '$[0]', seq, member, value ->> '$[1]', value ->> '$[2]',"
    "   value ->> '$[3]' FROM told, json_each(p, '$.body.away.lots') WHERE kind = 'REFUND'),"
    " first AS (SELECT id, min(seq) AS seq, member, at, paid, bonus FROM came GROUP BY id)"
    " SELECT 'lot ' || coalesce(l.id, j.id), 'its row is not what its top-up says' FROM ("
    "  SELECT lower(hex(id)) AS id, lower(hex(member)) AS member, seq, at, paid, bonus FROM lot) l"
    " FULL JOIN first j ON j.id = l.id WHERE (l.seq, l.member, l.at, l.paid, l.bonus)"
    " IS NOT (j.seq, j.member, j.at, j.paid, j.bonus) LIMIT 1",
    "SELECT 'account ' || a.code, 'holds more than its top-up brought' FROM account a"
    " JOIN balance b ON b.account = a.id LEFT JOIN lot l ON l.id = a.lot AND l.member = a.member"
    " WHERE (a.pocket = 'P' AND b.amount > coalesce(l.paid, 0))"
    " OR (a.pocket = 'B' AND b.amount > coalesce(l.bonus, 0)) LIMIT 1",
)
_COUPONS = none_of(
    "coupons",
    "SELECT count(*) FROM coupon",
    "SELECT 'coupon ' || coalesce(c.id, a.id), 'its state is not what its holding says' FROM ("
    "  SELECT lower(hex(id)) AS id, lower(hex(member)) AS member, "
    "  CASE state WHEN 'held' THEN 1 WHEN 'used' THEN 0 WHEN 'returned' THEN 0 END AS held"
    "  FROM coupon) c"
    " FULL JOIN (SELECT lower(hex(o.lot)) AS id, lower(hex(o.member)) AS member, b.amount AS held"
    "  FROM account o JOIN balance b ON b.account = o.id WHERE o.pocket = 'CPN'"
    # A coupon that was on paper owned itself until a member had it.
    "  AND NOT (o.lot = o.member AND b.amount = 0 AND NOT EXISTS ("
    "   SELECT 1 FROM coupon p WHERE p.id = o.lot AND p.member = o.member))) a"
    " ON a.id = c.id WHERE (c.member, c.held) IS NOT (a.member, a.held) LIMIT 1",
)
_SALES = none_of(
    "sales",
    "SELECT count(*) FROM sale",
    "SELECT 'event ' || j.seq, 'its row is not what its payload says' FROM journal j"
    " LEFT JOIN sale s ON s.seq = j.seq WHERE j.kind = 'SALE' AND ("
    " (s.event_id, s.day, s.at, s.member) IS NOT (j.event_id, j.day, j.at, j.member)"
    " OR json_extract(CAST(j.payload AS TEXT), '$.by', '$.body.goods', '$.body.payable',"
    "  '$.body.saved', '$.body.slip', '$.body.stored_value') <> json_array(lower(hex(s.operator)),"
    "  s.goods, s.payable, nullif(s.saved, 0), s.slip, nullif(s.stored_value, 0))"
    " OR json_extract(CAST(j.payload AS TEXT), '$.body.externals') IS NOT nullif(s.tenders, '[]'))"
    " LIMIT 1",
    "SELECT 'event ' || s.seq, 'the chain has no such sale' FROM sale s"
    " LEFT JOIN journal j ON j.seq = s.seq WHERE j.kind IS NOT 'SALE' LIMIT 1",
    "SELECT 'event ' || s.seq, 'what came back is not what its returns say' FROM sale s LEFT JOIN ("
    "  SELECT \"of\", sum(CAST(payload AS TEXT) ->> '$.body.money') AS amount,"
    "  max(CAST(payload AS TEXT) ->> '$.body.whole') AS whole FROM journal"
    "  WHERE kind IN ('REFUND', 'VOID') GROUP BY \"of\") r ON r.\"of\" = s.event_id"
    " WHERE s.returned_amount <> coalesce(r.amount, 0)"
    " OR s.returned <> CASE r.whole WHEN 1 THEN 'whole' WHEN 0 THEN 'part' ELSE 'no' END LIMIT 1",
)
_UNIT_ROWS = none_of(
    "unit rows of sales",
    "SELECT count(*) FROM sale_unit",
    "SELECT 'event ' || seq, 'unit ' || n || ' does not add up' FROM sale_unit"
    " WHERE goods <> coupon + points + principal + bonus + rounding + external LIMIT 1",
    "SELECT 'event ' || j.seq, 'its unit rows are not what its payload says' FROM journal j"
    " WHERE j.kind = 'SALE' AND ("
    "  SELECT json_group_array(json(json_extract(value, '$.line', '$.goods',"
    "  '$.coupon', '$.points', '$.principal', '$.bonus', '$.rounding')))"
    "  FROM json_each(CAST(j.payload AS TEXT), '$.body.units')) IS NOT ("
    "  SELECT json_group_array(json_array(nullif(line, 0), goods, nullif(coupon, 0),"
    "  nullif(points, 0), nullif(principal, 0), nullif(bonus, 0), nullif(rounding, 0))"
    "  ORDER BY n) FROM sale_unit r WHERE r.seq = j.seq) LIMIT 1",
    "SELECT 'event ' || r.seq, 'unit ' || r.n || ' is not of its line' FROM sale_unit r"
    " JOIN journal j ON j.seq = r.seq WHERE json_extract(CAST(j.payload AS TEXT),"
    "  '$.body.lines[' || r.line || '].title', '$.body.lines[' || r.line || '].unit_price')"
    "  <> json_array(r.title, r.listed) LIMIT 1",
    "SELECT 'event ' || u.seq, 'its unit rows are not numbered from 0' FROM sale_unit u"
    " LEFT JOIN sale s ON s.seq = u.seq"
    " GROUP BY u.seq HAVING s.seq IS NULL OR min(u.n) <> 0 OR max(u.n) <> count(*) - 1 LIMIT 1",
    "WITH said AS (SELECT s.seq, u.value AS n, j.seq AS returned_by FROM journal j"
    "  JOIN sale s ON s.event_id = j.\"of\", json_each(CAST(j.payload AS TEXT), '$.body.units') u"
    "  WHERE j.kind IN ('REFUND', 'VOID')),"
    " kept AS (SELECT seq, n, returned_by FROM sale_unit WHERE returned_by IS NOT NULL)"
    " SELECT 'event ' || seq, 'unit ' || n || ' came back otherwise' FROM ("
    "  SELECT * FROM (SELECT * FROM said EXCEPT SELECT * FROM kept)"
    "  UNION ALL SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM said)) LIMIT 1",
)
_SUMS_OF_SALES = none_of(
    "sums of sales",
    "SELECT count(*) FROM sale",
    "SELECT 'event ' || s.seq, 'its units do not sum to the sale' FROM sale s LEFT JOIN ("
    "  SELECT seq, sum(goods) AS goods, sum(principal + bonus) AS stored,"
    "  sum(principal + bonus + external) AS paid FROM sale_unit GROUP BY seq) u ON u.seq = s.seq"
    " WHERE (u.goods, u.stored, u.paid) IS NOT (s.goods, s.stored_value, s.payable) LIMIT 1",
    "SELECT 'event ' || s.seq, 'took ' || coalesce(m.taken, 0) || ' from lots, the sale says '"
    " || s.stored_value FROM sale s LEFT JOIN ("
    "  SELECT t.seq, sum(t.amount) AS taken FROM transfer t JOIN account a ON a.id = t.source"
    "  WHERE a.pocket IN ('P', 'B') GROUP BY t.seq) m ON m.seq = s.seq"
    " WHERE s.stored_value <> coalesce(m.taken, 0) LIMIT 1",
)
_GROWTH = none_of(
    "growth",
    "SELECT count(*) FROM growth",
    "SELECT 'event ' || j.seq, 'counts otherwise towards the tier' FROM journal j"
    " LEFT JOIN growth g ON g.member = j.member AND g.on_day = j.day AND g.seq = j.seq"
    " WHERE j.kind = 'SALE' AND j.member IS NOT NULL AND (g.seq IS NULL"
    "  OR json_extract(CAST(j.payload AS TEXT), '$.body.eligible', '$.body.earned.growth',"
    "  '$.body.earned.points')"
    "  <> json_array(nullif(g.spend, 0), nullif(g.growth, 0), nullif(g.points, 0))) LIMIT 1",
    "SELECT 'event ' || j.seq, 'counts otherwise towards the tier' FROM journal j"
    " LEFT JOIN growth g ON g.member = j.member AND g.seq = j.seq"
    "  AND g.on_day = CAST(j.payload AS TEXT) ->> '$.body.sold_on'"
    " WHERE j.kind IN ('REFUND', 'VOID') AND j.member IS NOT NULL AND (g.seq IS NULL"
    "  OR json_extract(CAST(j.payload AS TEXT), '$.body.taken_back.spend',"
    "  '$.body.taken_back.growth', '$.body.taken_back.points')"
    "  <> json_array(nullif(-g.spend, 0), nullif(-g.growth, 0), nullif(-g.points, 0))) LIMIT 1",
    "SELECT 'event ' || max(seq), 'counts twice towards the tier' FROM growth"
    " GROUP BY seq HAVING count(*) > 1 LIMIT 1",
    "SELECT 'event ' || g.seq, 'the chain has no such order' FROM growth g"
    " LEFT JOIN journal j ON j.seq = g.seq WHERE j.member IS NOT g.member"
    " OR j.kind NOT IN ('SALE', 'REFUND', 'VOID') LIMIT 1",
)

IDENTITIES: tuple[Check, ...] = (
    _UNITS,
    _BALANCES,
    _CONSERVATION,
    FLOORS,
    _LOTS,
    _COUPONS,
    _SALES,
    _UNIT_ROWS,
    _SUMS_OF_SALES,
    _GROWTH,
)
