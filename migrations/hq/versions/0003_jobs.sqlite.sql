ALTER TABLE growth ADD COLUMN pending INTEGER NOT NULL DEFAULT 0;

CREATE TABLE job_run (
    id BLOB NOT NULL,
    job TEXT NOT NULL,
    day TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    dry INTEGER NOT NULL,
    counted INTEGER NOT NULL,
    done INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;

CREATE INDEX job_run_started ON job_run (started_at);

CREATE TABLE job_mark (
    job TEXT NOT NULL,
    member BLOB NOT NULL,
    key TEXT NOT NULL,
    on_day TEXT NOT NULL,
    PRIMARY KEY (job, member, key)
) STRICT;

CREATE INDEX job_mark_member ON job_mark (member);

CREATE TABLE message (
    id BLOB NOT NULL,
    member BLOB NOT NULL,
    kind TEXT NOT NULL,
    facts TEXT NOT NULL,
    channel TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    sent_at INTEGER,
    PRIMARY KEY (id)
) STRICT;

CREATE INDEX message_state ON message (state, made_at);

CREATE INDEX message_member ON message (member, sent_at);

CREATE TABLE points_release (
    id BLOB NOT NULL,
    member BLOB NOT NULL,
    on_day TEXT NOT NULL,
    points INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;

CREATE INDEX points_release_member ON points_release (member);
