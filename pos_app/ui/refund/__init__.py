"""Money, points and coupons given back."""
