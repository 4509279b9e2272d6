"""The panel on the right: amount, discounts, tenders, keypad, payment and its outcome."""
