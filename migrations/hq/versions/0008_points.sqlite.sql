CREATE TABLE integration (
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    key_hash BLOB NOT NULL,
    scopes TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    revoked_at INTEGER,
    PRIMARY KEY (id),
    UNIQUE (name),
    UNIQUE (key_hash)
) STRICT;

CREATE TABLE behaviour (
    integration BLOB NOT NULL,
    reference TEXT NOT NULL,
    seq INTEGER NOT NULL,
    member BLOB NOT NULL,
    told_of BLOB NOT NULL,
    behaviour TEXT NOT NULL,
    at INTEGER NOT NULL,
    on_day TEXT NOT NULL,
    worth INTEGER NOT NULL,
    points INTEGER NOT NULL,
    pending INTEGER NOT NULL,
    growth_worth INTEGER NOT NULL,
    growth INTEGER NOT NULL,
    streak INTEGER NOT NULL,
    PRIMARY KEY (integration, reference),
    UNIQUE (seq)
) STRICT;

CREATE INDEX behaviour_member ON behaviour (member, at);
