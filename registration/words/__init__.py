"""Fixed words of the papers, each in the paper's own language: plain, short, and polite without particles."""
