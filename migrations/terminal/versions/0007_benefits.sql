ALTER TABLE member ADD COLUMN tier_manual TEXT;

ALTER TABLE remote_member ADD COLUMN tier_notice TEXT NOT NULL DEFAULT ''
