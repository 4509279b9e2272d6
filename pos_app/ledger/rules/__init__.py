"""The rules of the programme, as pure functions over frozen values."""
