"""Fixed words of the papers of the fund, by language."""
