ALTER TABLE remote_member ADD COLUMN elsewhere INTEGER NOT NULL DEFAULT 0;

ALTER TABLE remote_member ADD COLUMN has_pin INTEGER NOT NULL DEFAULT 0;

-- HQ's latest word on every member is read once more, with what it says of them now.
UPDATE node_state SET feed_cursor = 0
