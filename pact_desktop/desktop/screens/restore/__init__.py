# SPDX-License-Identifier: GPL-3.0-or-later
"""Records from a backup, on a computer that has none yet."""
