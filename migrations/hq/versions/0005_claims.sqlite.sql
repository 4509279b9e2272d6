CREATE INDEX event_of ON event (of);

CREATE TABLE claim (
    sale BLOB NOT NULL,
    id BLOB NOT NULL,
    node BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (sale)
) STRICT;

CREATE INDEX claim_node ON claim (node, epoch);

CREATE TABLE phone_change (
    id BLOB NOT NULL,
    member BLOB NOT NULL,
    node BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;
