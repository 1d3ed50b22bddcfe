"""The code lists of birth registration that an organisation may change (C3): no rule hangs on what is not fixed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.programmes.contributions import OpenList

from .states import Block, Channel, LateReason, ReturnReason

CHANNELS = OpenList(
    key="registration.channel", label=_("How a family came"), codes=Channel, fixed={Channel.WARD, Channel.WALK_IN}
)
LATE_REASONS = OpenList(
    key="registration.late_reason", label=_("Why a birth is registered late"), codes=LateReason,
    fixed={LateReason.OTHER},
)  # fmt: skip
BLOCKS = OpenList(
    key="registration.block", label=_("What stops a paper"), codes=Block,
    fixed={Block.PARENT_NO_ID, Block.PARENT_REFUSED, Block.OTHER},
)  # fmt: skip
RETURN_REASONS = OpenList(
    key="registration.return_reason", label=_("Why an office gave papers back"), codes=ReturnReason,
    fixed={ReturnReason.OTHER},
)  # fmt: skip
OPEN_LISTS = (CHANNELS, LATE_REASONS, BLOCKS, RETURN_REASONS)
