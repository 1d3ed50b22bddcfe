"""Pages of the case: thin, one service call each."""
