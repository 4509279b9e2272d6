CREATE TABLE real_name (
    event_id BYTEA NOT NULL,
    member BYTEA NOT NULL,
    taken_at BIGINT NOT NULL,
    kept_until TEXT NOT NULL,
    sealed_for TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (event_id)
);

CREATE INDEX real_name_member ON real_name (member);

CREATE TABLE card (
    id BYTEA NOT NULL,
    member BYTEA NOT NULL,
    number TEXT,
    form TEXT NOT NULL,
    state TEXT NOT NULL,
    since BIGINT NOT NULL,
    block BYTEA,
    PRIMARY KEY (id),
    UNIQUE (number)
);

CREATE INDEX card_member ON card (member);
