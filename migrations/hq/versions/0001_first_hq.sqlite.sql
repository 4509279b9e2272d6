CREATE TABLE act (
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    member BLOB,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    PRIMARY KEY (seq)
) STRICT;

CREATE TABLE balance (
    account TEXT NOT NULL,
    unit TEXT NOT NULL,
    amount INTEGER NOT NULL,
    member BLOB,
    holder TEXT NOT NULL,
    PRIMARY KEY (account, unit),
    CONSTRAINT holdings_have_a_floor CHECK (amount >= 0 OR account NOT LIKE 'hold:%')
) STRICT;

CREATE INDEX balance_holder ON balance (holder);

CREATE INDEX balance_member ON balance (member);

CREATE TABLE challenge (
    challenge BLOB NOT NULL,
    node BLOB NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (challenge)
) STRICT;

CREATE TABLE coupon (
    id BLOB NOT NULL,
    member BLOB NOT NULL,
    template TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;

CREATE INDEX coupon_member ON coupon (member);

CREATE TABLE enrol_code (
    hash BLOB NOT NULL,
    store TEXT NOT NULL,
    terminal_name TEXT NOT NULL,
    node BLOB,
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (hash)
) STRICT;

CREATE TABLE event (
    node BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    event_id BLOB,
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    at INTEGER NOT NULL,
    member BLOB,
    "of" BLOB,
    payload BLOB NOT NULL,
    hash BLOB NOT NULL,
    sig BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (node, epoch, seq),
    UNIQUE (event_id)
) STRICT;

CREATE INDEX event_day ON event (node, day);

CREATE INDEX event_member ON event (member);

CREATE TABLE exception (
    id BLOB NOT NULL,
    type TEXT NOT NULL,
    node BLOB,
    epoch INTEGER,
    seq INTEGER,
    member BLOB,
    account TEXT NOT NULL,
    unit TEXT NOT NULL,
    amount INTEGER NOT NULL,
    suspense INTEGER NOT NULL,
    here TEXT NOT NULL,
    there TEXT NOT NULL,
    proposal TEXT NOT NULL,
    who TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    resolution TEXT,
    PRIMARY KEY (id)
) STRICT;

CREATE INDEX exception_node ON exception (node, state);

CREATE TABLE feed (
    scope TEXT NOT NULL,
    entity TEXT NOT NULL,
    id TEXT NOT NULL,
    feed_seq INTEGER NOT NULL,
    body TEXT,
    PRIMARY KEY (scope, entity, id),
    UNIQUE (feed_seq)
) STRICT;

CREATE TABLE growth (
    node BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    member BLOB NOT NULL,
    on_day TEXT NOT NULL,
    spend INTEGER NOT NULL,
    growth INTEGER NOT NULL,
    points INTEGER NOT NULL,
    PRIMARY KEY (node, epoch, seq)
) STRICT;

CREATE INDEX growth_member ON growth (member, on_day);

CREATE TABLE hq_meta (
    id INTEGER NOT NULL,
    "key" BLOB NOT NULL,
    incarnation INTEGER NOT NULL,
    founded_at INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT one_hq CHECK (id = 1)
) STRICT;

CREATE TABLE lot (
    id BLOB NOT NULL,
    member BLOB NOT NULL,
    at INTEGER NOT NULL,
    paid INTEGER NOT NULL,
    bonus INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;

CREATE INDEX lot_member ON lot (member);

CREATE TABLE member (
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
    merged_into BLOB,
    version INTEGER NOT NULL,
    versions TEXT NOT NULL,
    pin TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (phone),
    UNIQUE (card)
) STRICT;

CREATE INDEX member_merged ON member (merged_into);

CREATE TABLE node (
    id BLOB NOT NULL,
    store TEXT NOT NULL,
    terminal_name TEXT NOT NULL,
    device TEXT NOT NULL,
    app TEXT NOT NULL,
    status TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    frozen_at INTEGER,
    enrolled_at INTEGER NOT NULL,
    seen_at INTEGER,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE node_epoch (
    node BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    public_key BLOB NOT NULL,
    acked_seq INTEGER NOT NULL,
    acked_hash BLOB NOT NULL,
    applied_seq INTEGER NOT NULL,
    head_seq INTEGER NOT NULL,
    state TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    escrow BLOB,
    PRIMARY KEY (node, epoch)
) STRICT;

CREATE TABLE programme (
    version TEXT NOT NULL,
    document BLOB NOT NULL,
    signature BLOB NOT NULL,
    effective_from INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (version)
) STRICT;

CREATE TABLE released (
    account TEXT NOT NULL,
    unit TEXT NOT NULL,
    amount INTEGER NOT NULL,
    returned INTEGER NOT NULL,
    PRIMARY KEY (account, unit),
    CONSTRAINT no_more_than_released CHECK (returned BETWEEN 0 AND amount)
) STRICT;

CREATE TABLE rights_grant (
    id BLOB NOT NULL,
    node BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    member BLOB NOT NULL,
    purpose TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    lines TEXT NOT NULL,
    received INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    valid_until INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;

CREATE INDEX rights_grant_open ON rights_grant (node, epoch, received);

CREATE TABLE sale (
    event_id BLOB NOT NULL,
    external INTEGER NOT NULL,
    principal INTEGER NOT NULL,
    bonus INTEGER NOT NULL,
    points INTEGER NOT NULL,
    back_external INTEGER NOT NULL,
    back_principal INTEGER NOT NULL,
    back_bonus INTEGER NOT NULL,
    back_points INTEGER NOT NULL,
    PRIMARY KEY (event_id)
) STRICT;

CREATE TABLE session (
    token_hash BLOB NOT NULL,
    node BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (token_hash)
) STRICT;

CREATE TABLE sidecar (
    event_id BLOB NOT NULL,
    salt BLOB NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (event_id)
) STRICT;

CREATE TABLE store (
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    PRIMARY KEY (code)
) STRICT;

CREATE TABLE transfer (
    node BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    n INTEGER NOT NULL,
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    unit TEXT NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (node, epoch, seq, n),
    CONSTRAINT something_moves CHECK (amount > 0)
) STRICT;

CREATE TRIGGER event_no_update BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the book is only added to'); END;

CREATE TRIGGER event_no_delete BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the book is only added to'); END;

CREATE TRIGGER transfer_no_update BEFORE UPDATE ON transfer
BEGIN SELECT RAISE(ABORT, 'the book is only added to'); END;

CREATE TRIGGER transfer_no_delete BEFORE DELETE ON transfer
BEGIN SELECT RAISE(ABORT, 'the book is only added to'); END;

CREATE TRIGGER act_no_update BEFORE UPDATE ON act
BEGIN SELECT RAISE(ABORT, 'the book is only added to'); END;

CREATE TRIGGER act_no_delete BEFORE DELETE ON act
BEGIN SELECT RAISE(ABORT, 'the book is only added to'); END;
