"""How somebody leaves this till: by signing out, or by closing the window."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.language import _
from pos_app.linked import Linked
from pos_app.ui.shell.view import MainWindow
from pos_app.ui.stage.view import Stage


class Parting:
    """Lets go whom nothing keeps; a window that is closed says once what HQ has not heard."""

    def __init__(self, stage: Stage, sign_out: Callable[[], None]) -> None:
        """`sign_out` covers the till and asks who comes next."""
        self._stage = stage
        self._sign_out = sign_out
        self._window: MainWindow | None = None
        self._link: Linked | None = None
        self._warned = False
        stage.may_close = self.may_close

    def begin(self, window: MainWindow, link: Linked | None) -> None:
        """Know the counter's window, and how it fares with HQ."""
        self._window, self._link = window, link

    def somebody_came(self) -> None:
        """Warn anew when the window is closed: somebody else works here."""
        self._warned = False

    def sign_out(self) -> None:
        """Let the operator go where nothing keeps them."""
        if self._link is None:
            self._sign_out()
        else:
            self._link.leaving.ask(self._sign_out)

    def may_close(self) -> bool:
        """Say once what waits; nothing of it is lost, so that is all."""
        window, link = self._window, self._link
        if window is None or link is None or self._stage.scene is not window or self._warned:
            return True
        self._warned = bool(link.sync.shown.state.count)
        if self._warned:
            told = _("Not everything is at HQ, or somebody is needed. Nothing is lost.")
            window.offer(told, _("Close"), self._close)
        return not self._warned

    def _close(self) -> None:
        self._stage.close()
