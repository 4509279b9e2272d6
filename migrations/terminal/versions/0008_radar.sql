CREATE TABLE alert (
    id BLOB NOT NULL,
    source TEXT NOT NULL,
    signal TEXT NOT NULL,
    subject TEXT NOT NULL,
    raised_at INTEGER NOT NULL,
    open INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (id)
) WITHOUT ROWID, STRICT;

CREATE TABLE alert_member (
    member BLOB NOT NULL,
    alert BLOB NOT NULL,
    PRIMARY KEY (member, alert)
) WITHOUT ROWID, STRICT;

CREATE TABLE alert_closing (
    alert BLOB NOT NULL,
    seq INTEGER NOT NULL,
    signal TEXT NOT NULL,
    subject TEXT NOT NULL,
    marks TEXT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (alert)
) STRICT
