ALTER TABLE growth ADD COLUMN pending BIGINT NOT NULL DEFAULT 0;

CREATE TABLE job_run (
    id BYTEA NOT NULL,
    job TEXT NOT NULL,
    day TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at BIGINT,
    dry BIGINT NOT NULL,
    counted BIGINT NOT NULL,
    done BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX job_run_started ON job_run (started_at);

CREATE TABLE job_mark (
    job TEXT NOT NULL,
    member BYTEA NOT NULL,
    key TEXT NOT NULL,
    on_day TEXT NOT NULL,
    PRIMARY KEY (job, member, key)
);

CREATE INDEX job_mark_member ON job_mark (member);

CREATE TABLE message (
    id BYTEA NOT NULL,
    member BYTEA NOT NULL,
    kind TEXT NOT NULL,
    facts TEXT NOT NULL,
    channel TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    sent_at BIGINT,
    PRIMARY KEY (id)
);

CREATE INDEX message_state ON message (state, made_at);

CREATE INDEX message_member ON message (member, sent_at);

CREATE TABLE points_release (
    id BYTEA NOT NULL,
    member BYTEA NOT NULL,
    on_day TEXT NOT NULL,
    points BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX points_release_member ON points_release (member);
