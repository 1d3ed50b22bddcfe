"""Lists taken away as spreadsheets: short ones by one person, long ones with a second."""
