CREATE INDEX event_of ON event ("of");

CREATE TABLE claim (
    sale BYTEA NOT NULL,
    id BYTEA NOT NULL,
    node BYTEA NOT NULL,
    epoch BIGINT NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (sale)
);

CREATE INDEX claim_node ON claim (node, epoch);

CREATE TABLE phone_change (
    id BYTEA NOT NULL,
    member BYTEA NOT NULL,
    node BYTEA NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id)
);
