"""What a printed coupon code stands for: only whoever knows the chain's pepper can say it."""

from __future__ import annotations

import hmac
from uuid import UUID

from pos_app.ids import CouponId


def coupon_of(number: int, pepper: bytes) -> CouponId:
    """Return the coupon of a printed number.

    Databases hold the coupon and never the number: nobody prints codes out of a stolen one.
    """
    digest = hmac.digest(pepper, b"printed coupon" + number.to_bytes(8, "big"), "sha256")
    return CouponId(UUID(bytes=digest[:16]))
