"""Money over the API: sources, lines and entries of a budget, cash, what finance is told, samples for an audit."""
