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

ALTER TABLE remote_member ADD COLUMN real_name_until TEXT NOT NULL DEFAULT ''
