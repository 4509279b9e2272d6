CREATE TABLE node_state (
    id INTEGER NOT NULL,
    node BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    store TEXT NOT NULL,
    store_name TEXT NOT NULL,
    terminal_name TEXT NOT NULL,
    acked_seq INTEGER NOT NULL,
    acked_hash BLOB NOT NULL,
    feed_cursor INTEGER NOT NULL,
    hq_incarnation INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT one_node CHECK (id = 1)
) STRICT;

CREATE TABLE journal (
    seq INTEGER NOT NULL,
    event_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    at INTEGER NOT NULL,
    member BLOB,
    intent BLOB,
    "of" BLOB,
    payload BLOB NOT NULL,
    hash BLOB NOT NULL,
    sig BLOB NOT NULL,
    PRIMARY KEY (seq),
    UNIQUE (event_id),
    UNIQUE (intent)
) STRICT;

CREATE INDEX journal_day ON journal (day, kind);

CREATE INDEX journal_member ON journal (member, seq) WHERE member IS NOT NULL;

CREATE INDEX journal_of ON journal ("of") WHERE "of" IS NOT NULL;

CREATE TABLE sidecar (
    event_id BLOB NOT NULL,
    salt BLOB NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (event_id)
) STRICT;

CREATE TABLE held_order (
    id BLOB NOT NULL,
    at INTEGER NOT NULL,
    member BLOB,
    amount INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE slip_state (
    seq INTEGER NOT NULL,
    printed_at INTEGER,
    PRIMARY KEY (seq)
) STRICT;

CREATE TABLE transfer (
    seq INTEGER NOT NULL,
    n INTEGER NOT NULL,
    source INTEGER NOT NULL,
    target INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (seq, n),
    CONSTRAINT something_moves CHECK (amount > 0)
) WITHOUT ROWID, STRICT;

CREATE TABLE account (
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    unit TEXT NOT NULL,
    member BLOB,
    pocket TEXT NOT NULL,
    lot BLOB,
    expires_on TEXT,
    PRIMARY KEY (id)
) STRICT;

CREATE UNIQUE INDEX account_code ON account (code, unit);

CREATE INDEX account_member ON account (member, pocket);

CREATE TABLE balance (
    account INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    floor INTEGER,
    last_seq INTEGER NOT NULL,
    PRIMARY KEY (account),
    CONSTRAINT above_floor CHECK (floor IS NULL OR amount >= floor)
) STRICT;

CREATE TABLE programme (
    version TEXT NOT NULL,
    seq INTEGER NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (version)
) STRICT;

CREATE TABLE operator (
    id BLOB NOT NULL,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    verifier TEXT NOT NULL,
    active INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (number)
) STRICT;

CREATE TABLE member (
    "row" INTEGER NOT NULL,
    id BLOB NOT NULL,
    number TEXT NOT NULL,
    phone TEXT,
    name TEXT NOT NULL,
    gender TEXT NOT NULL,
    birthday TEXT,
    lunar INTEGER NOT NULL,
    status TEXT NOT NULL,
    status_reason TEXT NOT NULL,
    tier TEXT NOT NULL,
    tier_since TEXT NOT NULL,
    tier_protected_until TEXT,
    tier_source BLOB,
    tier_before TEXT,
    joined_on TEXT NOT NULL,
    card TEXT,
    referrer BLOB,
    note TEXT NOT NULL,
    consent_terms TEXT NOT NULL,
    consent_marketing TEXT,
    last_visit TEXT,
    visits INTEGER NOT NULL,
    birthday_changed_on TEXT,
    seq INTEGER NOT NULL,
    PRIMARY KEY ("row"),
    UNIQUE (id),
    UNIQUE (number),
    UNIQUE (phone),
    UNIQUE (card)
) STRICT;

CREATE TABLE m_token (
    tok TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    PRIMARY KEY (tok, "row")
) WITHOUT ROWID, STRICT;

CREATE TABLE pin (
    member BLOB NOT NULL,
    verifier TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (member)
) STRICT;

CREATE TABLE failure (
    subject BLOB NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    cleared INTEGER NOT NULL,
    PRIMARY KEY (subject, seq)
) WITHOUT ROWID, STRICT;

CREATE TABLE lot (
    id BLOB NOT NULL,
    member BLOB NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    paid INTEGER NOT NULL,
    bonus INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE coupon (
    id BLOB NOT NULL,
    member BLOB NOT NULL,
    template TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    state TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;

CREATE INDEX coupon_member ON coupon (member, state);

CREATE TABLE growth (
    member BLOB NOT NULL,
    on_day TEXT NOT NULL,
    seq INTEGER NOT NULL,
    spend INTEGER NOT NULL,
    growth INTEGER NOT NULL,
    points INTEGER NOT NULL,
    PRIMARY KEY (member, on_day, seq)
) WITHOUT ROWID, STRICT;

CREATE TABLE sale (
    seq INTEGER NOT NULL,
    event_id BLOB NOT NULL,
    slip TEXT NOT NULL,
    at INTEGER NOT NULL,
    day TEXT NOT NULL,
    member BLOB,
    operator BLOB NOT NULL,
    goods INTEGER NOT NULL,
    payable INTEGER NOT NULL,
    stored_value INTEGER NOT NULL,
    saved INTEGER NOT NULL,
    tenders TEXT NOT NULL,
    returned TEXT NOT NULL,
    returned_amount INTEGER NOT NULL,
    PRIMARY KEY (seq)
) STRICT;

CREATE TABLE sale_unit (
    seq INTEGER NOT NULL,
    n INTEGER NOT NULL,
    line INTEGER NOT NULL,
    title TEXT NOT NULL,
    listed INTEGER NOT NULL,
    goods INTEGER NOT NULL,
    coupon INTEGER NOT NULL,
    points INTEGER NOT NULL,
    principal INTEGER NOT NULL,
    bonus INTEGER NOT NULL,
    rounding INTEGER NOT NULL,
    external INTEGER NOT NULL,
    returned_by INTEGER,
    PRIMARY KEY (seq, n),
    CONSTRAINT unit_adds_up CHECK (goods = coupon + points + principal + bonus + rounding + external)
) WITHOUT ROWID, STRICT;

CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;

CREATE TRIGGER journal_is_never_cut BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;

CREATE TRIGGER transfer_is_never_changed BEFORE UPDATE ON transfer
BEGIN SELECT RAISE(ABORT, 'transfers are only added'); END;

CREATE TRIGGER transfer_is_never_cut BEFORE DELETE ON transfer
BEGIN SELECT RAISE(ABORT, 'transfers are only added'); END;
