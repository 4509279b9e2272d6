ALTER TABLE member ADD COLUMN tier_manual TEXT;

ALTER TABLE remote_member ADD COLUMN tier_notice TEXT NOT NULL DEFAULT '';

CREATE TABLE store_benefits (
    version TEXT NOT NULL,
    seq INTEGER NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (version)
) STRICT
