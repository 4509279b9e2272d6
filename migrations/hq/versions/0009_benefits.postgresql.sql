ALTER TABLE member ADD COLUMN tier_manual TEXT;

ALTER TABLE member ADD COLUMN tier_notice TEXT;
