ALTER TABLE remote_member ADD COLUMN owes INTEGER NOT NULL DEFAULT 0;

UPDATE node_state SET feed_cursor = 0
