"""The few addresses that need no sign-in, by name; a test compares them with the resolver."""

PUBLIC_VIEWS = frozenset(
    {
        "account_login",
        "mfa_authenticate",
        "health",
        "set_language",
        "home:setup",
        "documents:verify",
        "documents:capture",
        "home:credits",
    }
)
# Views of libraries we mount: they look after the signed-in person's own account.
LIBRARY_VIEWS = frozenset(
    {
        "account_logout",
        "account_change_password",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_reauthenticate",
        "mfa_prove",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "schema",
    }
)
