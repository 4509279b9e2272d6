"""The coupons of the member, as many as fit, and how they were chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos_app.language import _
from pos_app.ui.counter.state import Mix, Ticket
from pos_app.ui.kit.buttons import Button, Kind
from pos_app.ui.kit.coupon import Coupon, CouponFace
from pos_app.ui.kit.labels import Elided, Pill, Role, Tone, label
from pos_app.ui.kit.layouts import column, row
from pos_app.ui.kit.theme import Theme


class Ticketed(Coupon):
    """A coupon that says which one it is."""

    toggled_by_hand = Signal(str)

    def __init__(self, theme: Theme, ticket: Ticket) -> None:
        super().__init__(theme, face_of(ticket))
        self._key = ticket.key
        self.show_ticket(ticket)
        self.clicked.connect(self._tell)

    def show_ticket(self, ticket: Ticket) -> None:
        self._key = ticket.key
        self.show_face(face_of(ticket))
        self.setChecked(ticket.chosen)

    def _tell(self) -> None:
        # Whether it is used is the rules' answer; until it comes, nothing has changed.
        self.setChecked(not self.isChecked())
        self.toggled_by_hand.emit(self._key)


class CouponRow(QWidget):
    """One line of tickets; the rest is one key away."""

    toggled = Signal(str)
    best_wanted = Signal()
    all_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tickets: tuple[Ticket, ...] = ()
        self._shown: list[Ticketed] = []
        self._count = Pill("", Tone.MUTE)
        self._beside = Elided("", Role.FAINT)
        self._mix = Pill("", Tone.OK)
        self._best = Button(theme, _("Best mix"), "rotate-ccw", Kind.GHOST)
        self._best.clicked.connect(self.best_wanted)
        self._all = Button(theme, _("All"), "", Kind.GHOST)
        self._all.clicked.connect(self.all_wanted)
        head = row(
            label(_("Coupons"), Role.H2),
            self._count,
            None,
            self._beside,
            self._mix,
            self._best,
            self._all,
            gap=8,
        )
        self._line = QHBoxLayout()
        self._line.setSpacing(theme.density.gap)
        self._line.addStretch(1)
        self._none = label(_("No coupon at the moment."), Role.MUTED)
        self.setLayout(column(head, self._line, self._none, gap=2))
        theme.changed.connect(self._arrange)

    def show_coupons(self, tickets: tuple[Ticket, ...], mix: Mix) -> None:
        self._count.say(str(len(tickets)))
        self._beside.setText(mix.beside)
        self._mix.say(mix.text, Tone.INFO if mix.by_hand else Tone.OK)
        self._best.setVisible(mix.by_hand)
        self._none.setVisible(not tickets)
        self._tickets = tickets
        self._arrange()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Show as many tickets as the width has room for, always the first ones."""
        sizes = self._theme.density
        room = max(1, (self.width() + sizes.gap) // (sizes.coupon_width + sizes.gap))
        wanted = self._tickets[:room]
        self._all.setVisible(len(self._tickets) > room)
        self._all.label = _("All {count}").format(count=len(self._tickets))
        while len(self._shown) > len(wanted):
            gone = self._shown.pop()
            self._line.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for ticket, shown in zip(wanted, self._shown, strict=False):
            shown.show_ticket(ticket)
        for ticket in wanted[len(self._shown) :]:
            made = Ticketed(self._theme, ticket)
            made.toggled_by_hand.connect(self.toggled)
            self._line.insertWidget(len(self._shown), made)
            self._shown.append(made)
        each = (self.width() - (room - 1) * sizes.gap) // room
        for ticket_shown in self._shown:
            ticket_shown.setFixedWidth(max(each, sizes.coupon_width))


def face_of(ticket: Ticket) -> CouponFace:
    return CouponFace(
        figure=ticket.figure,
        unit=ticket.unit,
        title=ticket.title,
        condition=ticket.condition,
        expiry=ticket.expiry,
        hot=ticket.hot,
        hotkey=ticket.hotkey,
        reason=ticket.reason,
    )
