ALTER TABLE inbox RENAME COLUMN first_feed TO first_turn;

ALTER TABLE inbox RENAME COLUMN feed_seq TO turn;

ALTER TABLE hq_link RENAME TO hq_link_before;

CREATE TABLE hq_link (
    id INTEGER NOT NULL,
    "key" BLOB NOT NULL,
    acked_sig BLOB NOT NULL,
    totals TEXT NOT NULL,
    hq_time INTEGER NOT NULL,
    heard_at INTEGER NOT NULL,
    frozen TEXT NOT NULL,
    turn INTEGER NOT NULL,
    snapshot_after TEXT,
    snapshot_since INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT one_hq CHECK (id = 1)
) STRICT;

INSERT INTO hq_link (id, "key", acked_sig, totals, hq_time, heard_at, frozen, turn)
SELECT id, "key", acked_sig, totals, hq_time, heard_at, frozen,
    (SELECT coalesce(max(turn), 0) FROM inbox)
FROM hq_link_before;

DROP TABLE hq_link_before;

ALTER TABLE remote_member RENAME TO remote_member_before;

CREATE TABLE remote_member (
    member BLOB NOT NULL,
    as_of INTEGER NOT NULL,
    known_seq INTEGER NOT NULL,
    spend INTEGER NOT NULL,
    growth INTEGER NOT NULL,
    elsewhere INTEGER NOT NULL,
    pin TEXT NOT NULL,
    PRIMARY KEY (member)
) STRICT;

INSERT INTO remote_member (member, as_of, known_seq, spend, growth, elsewhere, pin)
SELECT member, as_of, known_seq, spend, growth, 0, '' FROM remote_member_before;

DROP TABLE remote_member_before;

UPDATE node_state SET feed_cursor = 0
