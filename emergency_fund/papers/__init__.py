"""What the papers of the fund say: a frozen dataclass of ready words for each."""
