ALTER TABLE member ADD COLUMN tier_manual TEXT;

ALTER TABLE member ADD COLUMN tier_notice TEXT;

CREATE TABLE store_benefits (
    version TEXT NOT NULL,
    store TEXT NOT NULL,
    document BYTEA NOT NULL,
    signature BYTEA NOT NULL,
    effective_from BIGINT NOT NULL,
    added_at BIGINT NOT NULL,
    PRIMARY KEY (version)
);
