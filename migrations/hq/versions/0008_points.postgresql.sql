CREATE TABLE integration (
    id BYTEA NOT NULL,
    name TEXT NOT NULL,
    key_hash BYTEA NOT NULL,
    scopes TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    revoked_at BIGINT,
    PRIMARY KEY (id),
    UNIQUE (name),
    UNIQUE (key_hash)
);

CREATE TABLE behaviour (
    integration BYTEA NOT NULL,
    reference TEXT NOT NULL,
    seq BIGINT NOT NULL,
    member BYTEA NOT NULL,
    told_of BYTEA NOT NULL,
    behaviour TEXT NOT NULL,
    at BIGINT NOT NULL,
    on_day TEXT NOT NULL,
    worth BIGINT NOT NULL,
    points BIGINT NOT NULL,
    pending BIGINT NOT NULL,
    growth_worth BIGINT NOT NULL,
    growth BIGINT NOT NULL,
    streak BIGINT NOT NULL,
    PRIMARY KEY (integration, reference),
    UNIQUE (seq)
);

CREATE INDEX behaviour_member ON behaviour (member, at);
