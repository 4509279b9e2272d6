CREATE TABLE real_name (
    event_id BLOB NOT NULL,
    member BLOB NOT NULL,
    sealed_for TEXT NOT NULL,
    kept_until TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (event_id)
) STRICT;

CREATE INDEX real_name_member ON real_name (member, seq);

ALTER TABLE remote_member ADD COLUMN real_name TEXT NOT NULL DEFAULT '';

ALTER TABLE remote_member ADD COLUMN real_name_until TEXT NOT NULL DEFAULT '';

CREATE TABLE card (
    id BLOB NOT NULL,
    member BLOB NOT NULL,
    number TEXT,
    form TEXT NOT NULL,
    state TEXT NOT NULL,
    since INTEGER NOT NULL,
    block BLOB,
    lifted BLOB,
    seq INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;

CREATE INDEX card_member ON card (member);

CREATE INDEX card_number ON card (number);

CREATE TABLE remote_card (
    id BLOB NOT NULL,
    member BLOB NOT NULL,
    number TEXT,
    form TEXT NOT NULL,
    state TEXT NOT NULL,
    since INTEGER NOT NULL,
    block BLOB,
    PRIMARY KEY (id)
) STRICT;

CREATE INDEX remote_card_member ON remote_card (member);

CREATE INDEX remote_card_number ON remote_card (number)
