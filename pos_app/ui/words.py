"""The names of tenders, kinds of events, reasons and roles, as people at the counter say them."""

from __future__ import annotations

from pos_app.language import _
from pos_app.ledger.rules.basket import Tender
from pos_app.ledger.rules.holder import Status
from pos_app.ledger.rules.topup import Campaign
from pos_app.ledger.store.event import Kind


def tender_name(tender: Tender) -> str:
    """Return the name on the tender's button."""
    return {
        Tender.STORED_VALUE: _("Stored value"),
        Tender.WECHAT: _("WeChat"),
        Tender.ALIPAY: _("Alipay"),
        Tender.CASH: _("Cash"),
        Tender.CARD: _("Card"),
        Tender.CREDIT: _("Credit"),
    }[tender]


TENDER_ICONS = {
    Tender.STORED_VALUE: "wallet",
    Tender.WECHAT: "message-circle",
    Tender.ALIPAY: "scan-qr-code",
    Tender.CASH: "banknote",
    Tender.CARD: "credit-card",
    Tender.CREDIT: "clock",
}


def kind_name(kind: Kind) -> str:
    """Return what an event of this kind is called in a list."""
    return {
        Kind.NODE_OPEN: _("Ledger opened"),
        Kind.PROGRAMME: _("Programme loaded"),
        Kind.BENEFITS: _("Store benefits loaded"),
        Kind.OPERATOR_NEW: _("Operator added"),
        Kind.OPERATOR_EDIT: _("Operator changed"),
        Kind.SIGN_IN: _("Signed in"),
        Kind.SIGN_IN_FAIL: _("Sign-in refused"),
        Kind.MEMBER_NEW: _("Registration"),
        Kind.MEMBER_EDIT: _("Member changed"),
        Kind.MEMBER_STATUS: _("Status changed"),
        Kind.MEMBER_TIER: _("Tier given by hand"),
        Kind.PIN_SET: _("PIN set"),
        Kind.PIN_FAIL: _("Wrong PIN"),
        Kind.PIN_PASS: _("PIN correct"),
        Kind.COUPON_ISSUE: _("Coupon issued"),
        Kind.REAL_NAME: _("Identity document shown"),
        Kind.CARD_ISSUE: _("Card issued"),
        Kind.CARD_LOSS: _("Card reported lost"),
        Kind.CARD_FOUND: _("Card found again"),
        Kind.CARD_REPLACE: _("Card replaced"),
        Kind.TOPUP: _("Top-up"),
        Kind.SALE: _("Sale"),
        Kind.VOID: _("Void"),
        Kind.REFUND: _("Refund"),
        Kind.ACCOUNT_CLOSE: _("Account closed"),
        Kind.NOTE: _("Note"),
        Kind.GOT: _("Rights received"),
        Kind.RETURN: _("Rights returned"),
        Kind.DAY_CLOSE: _("Day closed"),
        Kind.NODE_CLOSE: _("Till closed down"),
        Kind.ALERT_CLOSE: _("Alert dismissed"),
    }[kind]


def refund_reason(code: str) -> str:
    """Return the words of a refund reason."""
    return {
        "quality": _("Quality"),
        "wrong_item": _("Wrong item"),
        "changed_mind": _("Not wanted"),
        "wrong_amount": _("Wrong sum"),
        "other": _("Other"),
    }.get(code, code)


def status_name(status: Status) -> str:
    return {
        Status.NORMAL: _("In good standing"),
        Status.FROZEN: _("Frozen"),
        Status.BLACKLISTED: _("Blacklisted"),
    }[status]


def campaign_name(campaign: Campaign) -> str:
    return {
        Campaign.NONE: "",
        Campaign.FIRST_TOP_UP: _("First top-up"),
        Campaign.BIRTHDAY_MONTH: _("Birthday month"),
        Campaign.FLASH_DOUBLE: _("Double bonus"),
        Campaign.BIG_TOP_UP: _("Large top-up"),
    }[campaign]


def gender_name(code: str) -> str:
    return {"female": _("Female"), "male": _("Male")}.get(code, _("Not said"))
