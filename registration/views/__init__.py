"""Pages of birth registration: thin, one service call each."""
