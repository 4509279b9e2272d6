ALTER TABLE hq_meta ADD COLUMN escrow_key BLOB;

ALTER TABLE node_epoch ADD COLUMN salvage_key BLOB;

ALTER TABLE node_epoch ADD COLUMN salvage_until INTEGER;

ALTER TABLE session ADD COLUMN public_key BLOB;
