# SPDX-License-Identifier: GPL-3.0-or-later
"""One package for each thing a user does: a view, and a presenter that decides."""
