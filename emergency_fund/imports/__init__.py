"""What the fund reads from spreadsheets."""
