"""Seal short secrets for the database: AES-GCM under a key derived from SECRET_KEY, bound to their purpose."""

from __future__ import annotations

import base64
import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PREFIX = "1:"


def _cipher(purpose: str) -> AESGCM:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=b"casework", info=purpose.encode()).derive(
        settings.SECRET_KEY.encode()
    )
    return AESGCM(derived)


def seal(text: str, *, purpose: str) -> str:
    """Encrypt text; the answer is ASCII and carries a key version."""
    nonce = os.urandom(12)
    box = _cipher(purpose).encrypt(nonce, text.encode(), purpose.encode())
    return PREFIX + base64.urlsafe_b64encode(nonce + box).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """Decrypt what seal() made; raises cryptography's InvalidTag when it was changed or the key is another."""
    raw = base64.urlsafe_b64decode(sealed.removeprefix(PREFIX))
    return _cipher(purpose).decrypt(raw[:12], raw[12:], purpose.encode()).decode()
