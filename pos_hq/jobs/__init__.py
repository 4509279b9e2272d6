"""What HQ does by itself when its day comes: one small file a job."""
