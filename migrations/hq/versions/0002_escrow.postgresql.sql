ALTER TABLE hq_meta ADD COLUMN escrow_key BYTEA;

ALTER TABLE node_epoch ADD COLUMN salvage_key BYTEA;

ALTER TABLE node_epoch ADD COLUMN salvage_until BIGINT;

ALTER TABLE session ADD COLUMN public_key BYTEA;
