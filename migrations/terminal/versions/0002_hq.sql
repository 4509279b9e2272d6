CREATE TABLE hq_link (
    id INTEGER NOT NULL,
    "key" BLOB NOT NULL,
    acked_sig BLOB NOT NULL,
    totals TEXT NOT NULL,
    hq_time INTEGER NOT NULL,
    heard_at INTEGER NOT NULL,
    frozen TEXT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT one_hq CHECK (id = 1)
) STRICT;

CREATE TABLE grant_request (
    id BLOB NOT NULL,
    member BLOB NOT NULL,
    purpose TEXT NOT NULL,
    wants TEXT NOT NULL,
    at INTEGER NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;

CREATE INDEX grant_open ON grant_request (state) WHERE state = 'new';

CREATE TABLE inbox (
    entity TEXT NOT NULL,
    id TEXT NOT NULL,
    first_seq INTEGER NOT NULL,
    first_feed INTEGER NOT NULL,
    after_seq INTEGER NOT NULL,
    feed_seq INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (entity, id)
) WITHOUT ROWID, STRICT;

CREATE TABLE remote_right (
    member BLOB NOT NULL,
    pocket TEXT NOT NULL,
    ref TEXT NOT NULL,
    amount INTEGER NOT NULL,
    about TEXT NOT NULL,
    PRIMARY KEY (member, pocket, ref)
) WITHOUT ROWID, STRICT;

CREATE TABLE remote_member (
    member BLOB NOT NULL,
    as_of INTEGER NOT NULL,
    known_seq INTEGER NOT NULL,
    spend INTEGER NOT NULL,
    growth INTEGER NOT NULL,
    PRIMARY KEY (member)
) STRICT;

CREATE TABLE hq_exception (
    id BLOB NOT NULL,
    feed_seq INTEGER NOT NULL,
    open INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE hold_term (
    member BLOB NOT NULL,
    purpose TEXT NOT NULL,
    valid_until INTEGER NOT NULL,
    PRIMARY KEY (member)
) STRICT
