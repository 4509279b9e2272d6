"""The machines on the counter: printer, drawer, loudspeaker."""
