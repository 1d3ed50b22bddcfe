"""How fast and how large Casework is here, in ratios to floors measured in the same run (script/benchmark)."""
