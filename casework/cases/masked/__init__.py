"""The list of cases for those who see no names: what is told of a child, and how coarsely (decision 75)."""
