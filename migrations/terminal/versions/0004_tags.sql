ALTER TABLE remote_member ADD COLUMN standing TEXT NOT NULL DEFAULT '';

UPDATE node_state SET feed_cursor = 0
