CREATE TABLE act (
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    member BYTEA,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    PRIMARY KEY (seq)
);

CREATE TABLE balance (
    account TEXT NOT NULL,
    unit TEXT NOT NULL,
    amount BIGINT NOT NULL,
    member BYTEA,
    holder TEXT NOT NULL,
    PRIMARY KEY (account, unit),
    CONSTRAINT holdings_have_a_floor CHECK (amount >= 0 OR account NOT LIKE 'hold:%%')
);

CREATE INDEX balance_holder ON balance (holder);

CREATE INDEX balance_member ON balance (member);

CREATE TABLE challenge (
    challenge BYTEA NOT NULL,
    node BYTEA NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (challenge)
);

CREATE TABLE coupon (
    id BYTEA NOT NULL,
    member BYTEA NOT NULL,
    template TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX coupon_member ON coupon (member);

CREATE TABLE enrol_code (
    hash BYTEA NOT NULL,
    store TEXT NOT NULL,
    terminal_name TEXT NOT NULL,
    node BYTEA,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (hash)
);

CREATE TABLE event (
    node BYTEA NOT NULL,
    epoch BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    event_id BYTEA,
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    at BIGINT NOT NULL,
    member BYTEA,
    "of" BYTEA,
    payload BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    sig BYTEA NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (node, epoch, seq),
    UNIQUE (event_id)
);

CREATE INDEX event_day ON event (node, day);

CREATE INDEX event_member ON event (member);

CREATE TABLE exception (
    id BYTEA NOT NULL,
    type TEXT NOT NULL,
    node BYTEA,
    epoch BIGINT,
    seq BIGINT,
    member BYTEA,
    account TEXT NOT NULL,
    unit TEXT NOT NULL,
    amount BIGINT NOT NULL,
    suspense BIGINT NOT NULL,
    here TEXT NOT NULL,
    there TEXT NOT NULL,
    proposal TEXT NOT NULL,
    who TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    resolution TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX exception_node ON exception (node, state);

CREATE TABLE feed (
    scope TEXT NOT NULL,
    entity TEXT NOT NULL,
    id TEXT NOT NULL,
    feed_seq BIGINT NOT NULL,
    body TEXT,
    PRIMARY KEY (scope, entity, id),
    UNIQUE (feed_seq)
);

CREATE TABLE growth (
    node BYTEA NOT NULL,
    epoch BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    member BYTEA NOT NULL,
    on_day TEXT NOT NULL,
    spend BIGINT NOT NULL,
    growth BIGINT NOT NULL,
    points BIGINT NOT NULL,
    PRIMARY KEY (node, epoch, seq)
);

CREATE INDEX growth_member ON growth (member, on_day);

CREATE TABLE hq_meta (
    id BIGINT NOT NULL,
    key BYTEA NOT NULL,
    incarnation BIGINT NOT NULL,
    founded_at BIGINT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT one_hq CHECK (id = 1)
);

CREATE TABLE lot (
    id BYTEA NOT NULL,
    member BYTEA NOT NULL,
    at BIGINT NOT NULL,
    paid BIGINT NOT NULL,
    bonus BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX lot_member ON lot (member);

CREATE TABLE member (
    id BYTEA NOT NULL,
    number TEXT NOT NULL,
    phone TEXT,
    name TEXT NOT NULL,
    gender TEXT NOT NULL,
    birthday TEXT,
    lunar BIGINT NOT NULL,
    status TEXT NOT NULL,
    status_reason TEXT NOT NULL,
    tier TEXT NOT NULL,
    tier_since TEXT NOT NULL,
    tier_protected_until TEXT,
    tier_source BYTEA,
    tier_before TEXT,
    joined_on TEXT NOT NULL,
    card TEXT,
    referrer BYTEA,
    note TEXT NOT NULL,
    consent_terms TEXT NOT NULL,
    consent_marketing TEXT,
    last_visit TEXT,
    visits BIGINT NOT NULL,
    merged_into BYTEA,
    version BIGINT NOT NULL,
    versions TEXT NOT NULL,
    pin TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (phone),
    UNIQUE (card)
);

CREATE INDEX member_merged ON member (merged_into);

CREATE TABLE node (
    id BYTEA NOT NULL,
    store TEXT NOT NULL,
    terminal_name TEXT NOT NULL,
    device TEXT NOT NULL,
    app TEXT NOT NULL,
    status TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    frozen_at BIGINT,
    enrolled_at BIGINT NOT NULL,
    seen_at BIGINT,
    PRIMARY KEY (id)
);

CREATE TABLE node_epoch (
    node BYTEA NOT NULL,
    epoch BIGINT NOT NULL,
    public_key BYTEA NOT NULL,
    acked_seq BIGINT NOT NULL,
    acked_hash BYTEA NOT NULL,
    applied_seq BIGINT NOT NULL,
    head_seq BIGINT NOT NULL,
    state TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    escrow BYTEA,
    PRIMARY KEY (node, epoch)
);

CREATE TABLE programme (
    version TEXT NOT NULL,
    document BYTEA NOT NULL,
    signature BYTEA NOT NULL,
    effective_from BIGINT NOT NULL,
    added_at BIGINT NOT NULL,
    PRIMARY KEY (version)
);

CREATE TABLE released (
    account TEXT NOT NULL,
    unit TEXT NOT NULL,
    amount BIGINT NOT NULL,
    returned BIGINT NOT NULL,
    PRIMARY KEY (account, unit),
    CONSTRAINT no_more_than_released CHECK (returned BETWEEN 0 AND amount)
);

CREATE TABLE rights_grant (
    id BYTEA NOT NULL,
    node BYTEA NOT NULL,
    epoch BIGINT NOT NULL,
    member BYTEA NOT NULL,
    purpose TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    lines TEXT NOT NULL,
    received BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    valid_until BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX rights_grant_open ON rights_grant (node, epoch, received);

CREATE TABLE sale (
    event_id BYTEA NOT NULL,
    external BIGINT NOT NULL,
    principal BIGINT NOT NULL,
    bonus BIGINT NOT NULL,
    points BIGINT NOT NULL,
    back_external BIGINT NOT NULL,
    back_principal BIGINT NOT NULL,
    back_bonus BIGINT NOT NULL,
    back_points BIGINT NOT NULL,
    PRIMARY KEY (event_id)
);

CREATE TABLE session (
    token_hash BYTEA NOT NULL,
    node BYTEA NOT NULL,
    epoch BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (token_hash)
);

CREATE TABLE sidecar (
    event_id BYTEA NOT NULL,
    salt BYTEA NOT NULL,
    data BYTEA NOT NULL,
    PRIMARY KEY (event_id)
);

CREATE TABLE store (
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    PRIMARY KEY (code)
);

CREATE TABLE transfer (
    node BYTEA NOT NULL,
    epoch BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    n BIGINT NOT NULL,
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    unit TEXT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (node, epoch, seq, n),
    CONSTRAINT something_moves CHECK (amount > 0)
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the book is only added to';
END
$$;

CREATE TRIGGER event_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER transfer_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON transfer
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER act_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON act
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
