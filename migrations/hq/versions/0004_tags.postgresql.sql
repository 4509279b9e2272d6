ALTER TABLE sale ADD COLUMN member BYTEA;

ALTER TABLE sale ADD COLUMN on_day TEXT NOT NULL DEFAULT '';

ALTER TABLE sale ADD COLUMN goods TEXT NOT NULL DEFAULT '[]';

CREATE INDEX sale_member ON sale (member);

CREATE TABLE member_tag (
    member BYTEA NOT NULL,
    tag TEXT NOT NULL,
    category TEXT NOT NULL,
    since TEXT NOT NULL,
    as_of TEXT NOT NULL,
    rule TEXT NOT NULL,
    rules TEXT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (member, tag, category)
);

CREATE TABLE member_stage (
    member BYTEA NOT NULL,
    stage TEXT NOT NULL,
    as_of TEXT NOT NULL,
    last_purchase TEXT,
    purchases BIGINT NOT NULL,
    paid BIGINT NOT NULL,
    band TEXT NOT NULL,
    r BIGINT NOT NULL,
    f BIGINT NOT NULL,
    m BIGINT NOT NULL,
    due BIGINT NOT NULL,
    PRIMARY KEY (member)
);
