"""What reaches across slices: verify, backup, export, doctor, seed."""
