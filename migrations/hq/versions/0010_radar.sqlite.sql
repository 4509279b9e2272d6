CREATE TABLE alert (
    id BLOB NOT NULL,
    signal TEXT NOT NULL,
    subject TEXT NOT NULL,
    day TEXT NOT NULL,
    rules TEXT NOT NULL,
    rule TEXT NOT NULL,
    events TEXT NOT NULL,
    stores TEXT NOT NULL,
    raised_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    closing TEXT,
    PRIMARY KEY (id)
) STRICT;

CREATE INDEX alert_subject ON alert (subject);

CREATE INDEX alert_state ON alert (state, raised_at);

CREATE INDEX event_operator ON event (kind) WHERE kind IN ('OPERATOR_NEW', 'OPERATOR_EDIT');
