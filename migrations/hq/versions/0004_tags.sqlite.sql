ALTER TABLE sale ADD COLUMN member BLOB;

ALTER TABLE sale ADD COLUMN on_day TEXT NOT NULL DEFAULT '';

ALTER TABLE sale ADD COLUMN goods TEXT NOT NULL DEFAULT '[]';

CREATE INDEX sale_member ON sale (member);

CREATE TABLE member_tag (
    member BLOB NOT NULL,
    tag TEXT NOT NULL,
    category TEXT NOT NULL,
    since TEXT NOT NULL,
    as_of TEXT NOT NULL,
    rule TEXT NOT NULL,
    rules TEXT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (member, tag, category)
) STRICT;

CREATE TABLE member_stage (
    member BLOB NOT NULL,
    stage TEXT NOT NULL,
    as_of TEXT NOT NULL,
    last_purchase TEXT,
    purchases INTEGER NOT NULL,
    paid INTEGER NOT NULL,
    band TEXT NOT NULL,
    r INTEGER NOT NULL,
    f INTEGER NOT NULL,
    m INTEGER NOT NULL,
    due INTEGER NOT NULL,
    PRIMARY KEY (member)
) STRICT;
