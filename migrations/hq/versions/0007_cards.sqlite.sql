CREATE TABLE real_name (
    event_id BLOB NOT NULL,
    member BLOB NOT NULL,
    taken_at INTEGER NOT NULL,
    kept_until TEXT NOT NULL,
    sealed_for TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (event_id)
) STRICT;

CREATE INDEX real_name_member ON real_name (member);

CREATE TABLE card (
    id BLOB NOT NULL,
    member BLOB NOT NULL,
    number TEXT,
    form TEXT NOT NULL,
    state TEXT NOT NULL,
    since INTEGER NOT NULL,
    block BLOB,
    PRIMARY KEY (id),
    UNIQUE (number)
) STRICT;

CREATE INDEX card_member ON card (member);
