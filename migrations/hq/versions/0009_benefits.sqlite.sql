ALTER TABLE member ADD COLUMN tier_manual TEXT;

ALTER TABLE member ADD COLUMN tier_notice TEXT;

CREATE TABLE store_benefits (
    version TEXT NOT NULL,
    store TEXT NOT NULL,
    document BLOB NOT NULL,
    signature BLOB NOT NULL,
    effective_from INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (version)
) STRICT;
