"""What can be done at the desk, one file for each part of it; `analyst_tui.commands` joins and reads them."""
