from django.apps import AppConfig


class EmergencyFundConfig(AppConfig):
    """Emergency Assistance Fund: help for families that lost their means."""

    name = "emergency_fund"
