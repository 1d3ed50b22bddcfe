"""The papers of the clinic: frozen dataclasses of ready words, one module a paper, and their kinds."""
