"""Figures, the lists behind them, reports and months over the API."""
